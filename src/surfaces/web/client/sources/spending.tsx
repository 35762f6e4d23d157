import type { SourceInfo } from '../../api.ts';
import type { Format } from '../i18n/format.ts';
import { useWords, type Words } from '../i18n/index.tsx';
import './spending.css';

type Spending = NonNullable<SourceInfo['spending']>;

/** Where this month's spending leads, and what to do once it has led there. */
export function outlook({ state, renewsAt, usedUpAt, expectedUsd }: Spending, t: Words['t'], f: Format): string {
  if (state === 'used-up') return t.spending.usedUp(f.day(renewsAt));
  return usedUpAt === undefined ? t.spending.expected(f.usd(expectedUsd)) : t.spending.usedUpOn(f.day(usedUpAt));
}

/** What a source has cost this month, against its budget: a bar, the same in words, and where it leads. */
export function SpendingBar({ spending }: { spending: Spending }) {
  const { t, f } = useWords();
  const { month, spentUsd, budgetUsd, usedUpAt, state } = spending;
  const share = Math.min(1, spentUsd / budgetUsd);
  return (
    <div className="spending">
      <p>
        {t.spending.spent(f.usd(spentUsd), f.usd(budgetUsd), f.month(month))}{' '}
        <span className={state !== 'fine' || usedUpAt !== undefined ? 'spending-short' : 'soft'}>
          {outlook(spending, t, f)}
        </span>
      </p>
      <span className={`spending-bar spending-${state}`} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}
