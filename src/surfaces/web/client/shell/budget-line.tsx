import { useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { outlook } from '../sources/spending.tsx';
import { Icon } from '../ui/icon.tsx';
import './lines.css';

/** A budget that is nearly used up, or is: said at the top while there is time, and for as long as a source stands still. */
export function BudgetLine() {
  const { t, f } = useWords();
  const { data: sources } = useSources();
  const short = sources?.flatMap(({ enabled, name, spending }) =>
    enabled && spending && spending.state !== 'fine' ? [{ name, spending }] : [],
  );
  return (
    <div role="status">
      {short?.map(({ name, spending }) => (
        <p key={name} className="line line-amber">
          <Icon name="urgent" />
          <span className="line-text">
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
            {spending.state === 'near' && t.spending.near(f.usd(spending.spentUsd), f.usd(spending.budgetUsd))}{' '}
            {outlook(spending, t, f)}
          </span>
          <a href={hrefOf({ page: 'sources' })}>{t.trouble.look}</a>
        </p>
      ))}
    </div>
  );
}
