import { afterWorking } from '../alerts/index.ts';
import { csvOf, figuresOf, lastDays, type ReportParts } from '../report/index.ts';
import type { Parts, ReportDesk } from './parts.ts';

type Needed = Pick<Parts, 'store' | 'clock' | 'workspace' | 'problemTypes' | 'sources'>;

/** What the inbox, the command line and the digest ask about the numbers. */
export function openReportDesk(needed: Needed): ReportDesk {
  const parts = reportParts(needed);
  return {
    last: (days, rowDays) => lastDays(parts, days, rowDays),
    between: (from, to) => figuresOf(parts, from, to),
    csv: async (days, table) => csvOf(await lastDays(parts, days), table),
  };
}

/** Regulated lanes have targets of their own; a quiet one, such as praise, has none. */
function reportParts({ store, clock, workspace, problemTypes, sources }: Needed): ReportParts {
  const laneOf = new Map(problemTypes.map(({ id, lane }) => [id, lane]));
  const targetMinutes = (problemType: string) => {
    const { lanes, answerWithinMinutes } = workspace.current().alerts;
    const lane = laneOf.get(problemType) ?? 'general';
    if (lane === 'quiet') return undefined;
    return lane === 'security' || lane === 'legal' ? lanes[lane].answerWithinMinutes : answerWithinMinutes;
  };
  return {
    store,
    clock,
    targetMinutes,
    dueAt(problemType, heardAt) {
      const minutes = targetMinutes(problemType);
      return minutes === undefined
        ? undefined
        : afterWorking(heardAt, minutes, workspace.current().alerts.workingHours);
    },
    spending: () => sources.spending(),
  };
}
