import { useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { outlook } from '../sources/spending.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Line } from './line.ts';

/** Budgets that are nearly used up, or are: said while there is time, and for as long as a source stands still. */
export function useBudgetLines(): Line[] {
  const { t, f } = useWords();
  const { data: sources = [] } = useSources();
  const short = sources.flatMap(({ id, enabled, name, spending }) =>
    enabled && spending && spending.state !== 'fine' ? [{ id, name, spending }] : [],
  );
  // A source that stands still is worse than one that will.
  const ordered = short.toSorted(
    (a, b) => Number(b.spending.state === 'used-up') - Number(a.spending.state === 'used-up'),
  );
  return ordered.map(({ id, name, spending }) => {
    const spent = spending.state === 'near' ? t.spending.near(f.usd(spending.spentUsd), f.usd(spending.budgetUsd)) : '';
    const whither = outlook(spending, t, f);
    return {
      key: `budget-${id}`,
      tone: 'amber',
      icon: 'urgent',
      brief: f.pair(name, spent || whither),
      whole: (
        <p className="line line-amber">
          <Icon name="urgent" />
          <span className="line-text">
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
            {spent} {whither}
          </span>
          <a href={hrefOf({ page: 'sources' })}>{t.trouble.look}</a>
        </p>
      ),
    };
  });
}
