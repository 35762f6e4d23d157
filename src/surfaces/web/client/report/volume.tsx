import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Report } from '../../api.ts';
import { useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { Card } from './card.tsx';
import { Columns, seriesClass } from './chart/columns.tsx';
import { CountTable } from './count-table.tsx';
import { DIMENSIONS, type Dimension, seriesOf } from './series.ts';
import { sumBy } from './sums.ts';
import { WideTable } from './wide-table.tsx';

/** How much was heard over time, told apart by what somebody chooses. */
export function Volume({ report, days }: { report: Report; days: number }) {
  const { t, f } = useWords();
  const [by, setBy] = useState<Dimension>('problemType');
  const nameOf = useNames(by);
  const { rows, from, totals } = report;
  const { keys, steps } = seriesOf(report, by);
  const names = keys.map((key) => (key === undefined ? t.report.others : nameOf(key)));
  const sums = steps.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const most = sums.indexOf(Math.max(...sums));
  const says = t.report.volumeIs(
    f.number(totals.heard),
    f.number(days),
    f.number(sums[most] ?? 0),
    f.day(steps[most]?.at ?? from),
  );
  const of = { problemType: t.report.type, source: t.report.source, lang: t.report.language };
  return (
    <Card id="report-volume" title={t.report.volume} csv="volume" days={days} wide>
      <fieldset className="choices">
        <legend className="unseen">{t.report.by}</legend>
        {DIMENSIONS.map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant={one === by ? 'light' : 'default'}
            aria-pressed={one === by}
            onClick={() => setBy(one)}
          >
            {of[one]}
          </Button>
        ))}
      </fieldset>
      <div className="card-beside">
        <div>
          <ul className="legend">
            {names.map((name, n) => (
              <li key={name}>
                <span className={`legend-look ${seriesClass(n)}`} />
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
          <Columns
            says={says}
            number={f.number}
            columns={steps.map(({ at, parts }) => ({ label: f.day(at), parts }))}
          />
          <details>
            <summary>{t.report.asTable}</summary>
            <WideTable
              caption={t.report.volume}
              head={[report.days === 1 ? t.report.day : t.report.week, ...names]}
              rows={steps
                .toReversed()
                .map(({ at, parts }) => ({ key: String(at), cells: [f.day(at), ...parts.map(f.number)] }))}
            />
          </details>
        </div>
        <CountTable
          caption={of[by]}
          of={of[by]}
          rows={sumBy(rows, (row) => row[by]).map((row) => ({ ...row, label: nameOf(row.key) }))}
        />
      </div>
    </Card>
  );
}

/** What people call a problem type, a source or a language. */
function useNames(by: Dimension): (key: string) => string {
  const { t } = useWords();
  const title = useTypeTitle();
  const { data: sources } = useSources();
  const languages: Record<string, string> = t.languages;
  return (key) => {
    if (key === '') return t.report.unsorted;
    if (by === 'source') return sources?.find(({ id }) => id === key)?.name ?? key;
    return by === 'lang' ? (languages[key] ?? key) : title(key);
  };
}
