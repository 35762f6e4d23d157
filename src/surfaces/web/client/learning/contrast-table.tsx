import type { ContrastInfo, MeasuredInfo } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { SCROLLS } from '../ui/scrolls.ts';

interface Props {
  caption: string;
  comparison: MeasuredInfo['comparison'];
  protectedTypes: readonly string[];
  /** What the two columns are called. */
  names: readonly [string, string];
}

/** Two models, or the same with and without a change, type by type, with the range in which the difference lies. */
export function ContrastTable({ caption, comparison, protectedTypes, names }: Props) {
  const { t, f } = useWords();
  const titleOf = useTypeTitle();
  const { labels, macroF1, accuracy, n } = comparison;
  // One scale for all, so that they can be compared, however wide the widest is.
  const reach = Math.max(0.02, ...[...labels, macroF1, accuracy].flatMap(({ low, high }) => [-low, high]));
  const sums = [
    { label: t.learning.macroF1, n, ...macroF1 },
    { label: t.learning.accuracy, n, ...accuracy },
  ];
  return (
    <section className="wide" aria-label={caption} {...SCROLLS}>
      <table className="figures contrasts">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.learning.type}</th>
            <th scope="col">{t.learning.texts}</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
            <th scope="col">{t.learning.difference}</th>
            <th scope="col" colSpan={2}>
              {t.learning.interval}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map((row) => (
            <Row
              key={row.label}
              row={row}
              reach={reach}
              n={f.number(row.n)}
              strict={protectedTypes.includes(row.label)}
            >
              {titleOf(row.label)}
              {protectedTypes.includes(row.label) && (
                <>
                  {' '}
                  <span className="tag" title={t.learning.protectedHint}>
                    {t.learning.protectedType}
                  </span>
                </>
              )}
            </Row>
          ))}
          {sums.map((row) => (
            <Row key={row.label} row={row} reach={reach} n={f.number(row.n)} strict={false}>
              {row.label}
            </Row>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  row: ContrastInfo;
  reach: number;
  n: string;
  /** Any loss counts. */
  strict: boolean;
  children: React.ReactNode;
}

function Row({ row, reach, n, strict, children }: RowProps) {
  const { t, lang } = useWords();
  const { champion, challenger, difference, low, high } = row;
  const two = (value: number) => value.toLocaleString(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // A loss that counts is not shown as none.
  const digits = strict && difference !== 0 && Math.abs(difference) < 0.005 ? 4 : 2;
  const signed = (value: number, most = 2) =>
    value.toLocaleString(lang, { minimumFractionDigits: 2, maximumFractionDigits: most, signDisplay: 'exceptZero' });
  const surely = low > 0 ? 'better' : high < 0 || (strict && difference < 0) ? 'worse' : '';
  return (
    <tr>
      <th scope="row">{children}</th>
      <td>{n}</td>
      <td>{two(champion)}</td>
      <td>{two(challenger)}</td>
      <td className={surely}>{signed(difference, digits)}</td>
      <td className="soft contrast-range">{t.learning.from(signed(low), signed(high))}</td>
      <td className="contrast-picture" aria-hidden="true">
        <Range row={row} reach={reach} kind={surely} />
      </td>
    </tr>
  );
}

const WIDTH = 120;

/** The range as a bar around the difference, over a line that stands for none. */
function Range({ row: { low, high, difference }, reach, kind }: { row: ContrastInfo; reach: number; kind: string }) {
  const x = (value: number) => WIDTH / 2 + (value / reach) * (WIDTH / 2 - 6);
  return (
    <svg width={WIDTH} height="16" viewBox={`0 0 ${WIDTH} 16`} className={`range ${kind}`}>
      <title>{`${low} – ${high}`}</title>
      <line className="range-none" x1={WIDTH / 2} x2={WIDTH / 2} y1="0" y2="16" />
      <line className="range-bar" x1={x(low)} x2={x(high)} y1="8" y2="8" />
      <circle cx={x(difference)} cy="8" r="3.5" />
    </svg>
  );
}
