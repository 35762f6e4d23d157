import type { Report } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { outlook } from '../sources/spending.tsx';

/** What each source that costs money has cost this month, whatever the period of the other tables. */
export function SpendingTable({ spending }: { spending: Report['spending'] }) {
  const { t, f } = useWords();
  return (
    <table className="counts spending-table">
      <caption>{t.spending.title}</caption>
      <thead>
        <tr>
          <th scope="col">{t.report.source}</th>
          <th scope="col">{t.spending.month}</th>
          <th scope="col">{t.spending.spentSoFar}</th>
          <th scope="col">{t.spending.budget}</th>
          <th scope="col">{t.spending.forecast}</th>
        </tr>
      </thead>
      <tbody>
        {spending.map((one) => (
          <tr key={one.source}>
            <th scope="row">
              <bdi>{one.name}</bdi>
            </th>
            <td>{f.month(one.month)}</td>
            <td>{f.usd(one.spentUsd)}</td>
            <td>{f.usd(one.budgetUsd)}</td>
            <td className={one.state === 'fine' && one.usedUpAt === undefined ? undefined : 'spending-short'}>
              {outlook(one, t, f)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
