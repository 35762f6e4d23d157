import type { Report } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { outlook } from '../sources/spending.tsx';
import { Card } from './card.tsx';
import { WideTable } from './wide-table.tsx';

interface Props {
  spending: Report['spending'];
  days: number;
}

/** What each source that costs money has cost this month, whatever the period of the rest. */
export function SpendingCard({ spending, days }: Props) {
  const { t, f } = useWords();
  return (
    <Card id="report-spending" title={t.spending.title} csv="spending" days={days}>
      <WideTable
        caption={t.spending.title}
        head={[t.report.source, t.spending.month, t.spending.spentSoFar, t.spending.budget, t.spending.forecast]}
        rows={spending.map((one) => ({
          key: one.source,
          cells: [
            one.name,
            f.month(one.month),
            f.usd(one.spentUsd),
            f.usd(one.budgetUsd),
            <span
              key={one.source}
              className={one.state === 'fine' && one.usedUpAt === undefined ? undefined : 'spending-short'}
            >
              {outlook(one, t, f)}
            </span>,
          ],
        }))}
      />
    </Card>
  );
}
