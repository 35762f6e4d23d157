import type { Report } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { hrefOf } from '../router.ts';
import { Card } from './card.tsx';
import { WideTable } from './wide-table.tsx';

interface Props {
  report: Report;
  days: number;
}

/** What was approved, how much of it as it was drafted, and what was dismissed. */
export function DecisionsCard({ report: { decisions }, days }: Props) {
  const { t, f } = useWords();
  const title = useTypeTitle();
  const cellsOf = (name: string, one: Omit<Report['decisions'], 'byType'>) => [
    name,
    f.number(one.approved),
    f.number(one.edited),
    one.approved > 0 ? f.percent((one.approved - one.edited) / one.approved) : '',
    f.number(one.inIncident),
    f.number(one.dismissed),
  ];
  const { approved, edited, asDrafted, inIncident, dismissed } = t.report;
  return (
    <Card id="report-decisions" title={t.report.decisions} hint={t.report.decisionsHint} csv="decisions" days={days}>
      {decisions.byType.length === 0 ? (
        <p className="soft">{t.report.noDecisions}</p>
      ) : (
        <WideTable
          caption={t.report.decisions}
          head={[t.report.type, approved, edited, asDrafted, inIncident, dismissed]}
          rows={[
            ...decisions.byType.map((one) => ({
              key: one.problemType,
              cells: cellsOf(one.problemType ? title(one.problemType) : t.report.unsorted, one),
            })),
            { key: 'all', cells: cellsOf(t.report.all, decisions) },
          ]}
        />
      )}
    </Card>
  );
}

/** How well mentions were sorted, by what the team corrected. */
export function QualityCard({ report: { quality }, days }: Props) {
  const { t, f } = useWords();
  const title = useTypeTitle();
  const share = (part: number | undefined) => (part === undefined ? '' : f.percent(part));
  const { decided, wrong, missed, precision, recall } = t.report;
  return (
    <Card id="report-quality" title={t.report.quality} hint={t.report.qualityHint} csv="quality" days={days}>
      {quality.byType.length === 0 ? (
        <p className="soft">{t.report.noQuality}</p>
      ) : (
        <WideTable
          caption={t.report.quality}
          head={[t.report.type, decided, wrong, missed, precision, recall]}
          rows={quality.byType.map((one) => ({
            key: one.problemType,
            cells: [
              ...[title(one.problemType), f.number(one.decided), f.number(one.wrong), f.number(one.missed)],
              ...[share(one.precision), share(one.recall)],
            ],
          }))}
        />
      )}
      {quality.mixedUp.length > 0 && (
        <WideTable
          caption={t.report.mixedUp}
          head={[t.report.takenFor, t.report.really, t.report.times]}
          rows={quality.mixedUp.slice(0, 10).map(({ from, to, count }) => ({
            key: `${from} ${to}`,
            cells: [title(from), title(to), f.number(count)],
          }))}
        />
      )}
    </Card>
  );
}

/** Incidents that were open at some moment of the time. */
export function IncidentsCard({ report: { incidents }, days }: Props) {
  const { t, f } = useWords();
  const title = useTypeTitle();
  return (
    <Card id="report-incidents" title={t.report.incidents} csv="incidents" days={days}>
      {incidents.length === 0 ? (
        <p className="soft">{t.report.noIncidents}</p>
      ) : (
        <WideTable
          caption={t.report.incidents}
          head={[t.report.incident, t.report.opened, t.report.closed, t.report.reason, t.report.mentions]}
          rows={incidents.map(({ id, problemType, openedAt, closedAt, closeReason, mentions }) => ({
            key: id,
            cells: [
              <a key={id} href={hrefOf({ page: 'incidents', id })}>
                {title(problemType)}
              </a>,
              f.dateTime(openedAt),
              closedAt === undefined ? t.report.stillOpen : f.dateTime(closedAt),
              closeReason ? t.incidents.reasons[closeReason] : '',
              f.number(mentions),
            ],
          }))}
        />
      )}
    </Card>
  );
}
