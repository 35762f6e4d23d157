import type { Report } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { Card } from './card.tsx';
import { Lines, lineClass } from './chart/lines.tsx';
import { WideTable } from './wide-table.tsx';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** How long people waited for a first answer: over time, and by problem type against its target. */
export function Waits({ report: { answers, from, to }, days }: { report: Report; days: number }) {
  const { t, f } = useWords();
  const title = useTypeTitle();
  const head = [t.report.type, t.report.answered, t.report.median, t.report.p90, t.report.target, t.report.inTime];
  const cellsOf = (name: string, one: Report['answers']['byType'][number] | Report['answers'], target: string) => [
    name,
    f.number(one.count),
    one.medianMs === undefined ? '' : f.duration(one.medianMs),
    one.p90Ms === undefined ? '' : f.duration(one.p90Ms),
    target,
    one.withTarget > 0 ? f.percent(one.within / one.withTarget) : '',
  ];
  return (
    <Card id="report-waits" title={t.report.waits} hint={t.report.waitsHint} csv="answers" days={days}>
      {answers.count === 0 ? (
        <p className="soft">{t.report.noAnswers}</p>
      ) : (
        <>
          <ul className="legend">
            {[t.report.median, t.report.p90].map((name, n) => (
              <li key={name}>
                <span className={`legend-line ${lineClass(n)}`} />
                {name}
              </li>
            ))}
          </ul>
          <WaitLines byDay={answers.byDay} all={answers} from={from} to={to} />
          <WideTable
            caption={t.report.waits}
            head={head}
            rows={[
              ...answers.byType.map((one) => ({
                key: one.problemType,
                cells: cellsOf(
                  title(one.problemType),
                  one,
                  one.targetMinutes === undefined ? t.report.noTarget : f.duration(one.targetMinutes * MINUTE),
                ),
              })),
              { key: 'all', cells: cellsOf(t.report.all, answers, '') },
            ]}
          />
        </>
      )}
    </Card>
  );
}

interface LinesProps {
  byDay: Report['answers']['byDay'];
  all: Pick<Report['answers'], 'medianMs' | 'p90Ms'>;
  from: number;
  to: number;
}

function WaitLines({ byDay, all, from, to }: LinesProps) {
  const { t, f } = useWords();
  const found = new Map(byDay.map((one) => [one.day, one]));
  const each = Array.from({ length: Math.ceil((to - from) / DAY) }, (_, n) => from + n * DAY);
  const most = Math.max(...byDay.map(({ p90Ms = 0 }) => p90Ms));
  return (
    <>
      <Lines
        says={t.report.waitsAre(f.duration(all.medianMs ?? 0), f.duration(all.p90Ms ?? 0))}
        labels={each.map(f.day)}
        lines={[each.map((day) => found.get(day)?.medianMs), each.map((day) => found.get(day)?.p90Ms)]}
        end={roundTime(most)}
        write={f.duration}
      />
      <details>
        <summary>{t.report.asTable}</summary>
        <WideTable
          caption={f.pair(t.report.waits, t.report.day)}
          head={[t.report.day, t.report.answered, t.report.median, t.report.p90]}
          rows={byDay.toReversed().map(({ day, count, medianMs = 0, p90Ms = 0 }) => ({
            key: String(day),
            cells: [f.day(day), f.number(count), f.duration(medianMs), f.duration(p90Ms)],
          }))}
        />
      </details>
    </>
  );
}

/** The end of an axis of time, so that its half is a round number too. */
const ENDS = [2, 10, 30, 60, 120, 240, 480, 1440, 2880, 5760, 14_400, 28_800].map((minutes) => minutes * MINUTE);
export function roundTime(ms: number): number {
  return ENDS.find((end) => end >= ms) ?? Math.ceil(ms / (20 * DAY)) * 20 * DAY;
}
