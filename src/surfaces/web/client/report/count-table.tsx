import { useWords } from '../i18n/index.tsx';
import { SCROLLS } from '../ui/scrolls.ts';
import type { Sum } from './sums.ts';

interface Props {
  caption: string;
  of: string;
  rows: (Sum & { label: string })[];
}

/** A table that is its own chart. */
export function CountTable({ caption, of, rows }: Props) {
  const { t, f } = useWords();
  const most = Math.max(1, ...rows.map(({ heard }) => heard));
  return (
    <section className="wide" aria-label={caption} {...SCROLLS}>
      <table className="counts">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            <th scope="col" colSpan={2}>
              {t.report.heard}
            </th>
            <th scope="col">{t.report.posted}</th>
            <th scope="col">{t.report.dismissed}</th>
            <th scope="col">{t.report.solved}</th>
            <th scope="col">{t.report.unsolved}</th>
            <th scope="col">{t.report.cameBack}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, heard, posted, dismissed, solved, unsolved, cameBack }) => (
            <tr key={key}>
              <th scope="row">
                <bdi>{label}</bdi>
              </th>
              <td className="counts-bar" aria-hidden="true">
                <span style={{ width: `${(heard / most) * 100}%` }} />
              </td>
              <td>{f.number(heard)}</td>
              <td>{f.number(posted)}</td>
              <td>{f.number(dismissed)}</td>
              <td>{f.number(solved)}</td>
              <td>{f.number(unsolved)}</td>
              <td>{f.number(cameBack)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
