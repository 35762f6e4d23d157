import type { ApprovalCount } from '../core/figures.ts';
import type { CloseReason } from '../core/incidents.ts';
import type { Instant } from '../core/nouns.ts';
import type { Clock, ReportRow, Spending, Store } from '../core/ports.ts';
import { type Quality, qualityOf } from './quality.ts';
import { type AnswerTimes, type DueAnswer, timesOf, withDue } from './times.ts';

const DAY_MS = 86_400_000;
const INCIDENTS_MAX = 200;
const TOTALS = ['heard', 'posted', 'dismissed', 'solved', 'unsolved', 'cameBack'] as const;

export type Totals = Record<(typeof TOTALS)[number], number>;

export interface ReportParts {
  store: Pick<Store, 'report' | 'firstAnswers' | 'approvalCounts' | 'correctionCounts' | 'incidents'>;
  clock: Clock;
  /** When a mention of this type should have been answered, by the working hours. Undefined: it has no target. */
  dueAt(problemType: string, heardAt: Instant): Instant | undefined;
  /** The same in minutes, for people. */
  targetMinutes(problemType: string): number | undefined;
  /** What the sources that cost money cost this month. */
  spending(): Promise<SpendingOf[]>;
}

export interface SpendingOf extends Spending {
  source: string;
  name: string;
}

export interface Decisions {
  approved: number;
  /** Of the approved: in a person's own words. */
  edited: number;
  /** Of the approved: the reply to everybody of an incident. */
  inIncident: number;
  dismissed: number;
}

export interface IncidentFigure {
  id: string;
  problemType: string;
  openedAt: Instant;
  closedAt?: Instant;
  closeReason?: CloseReason;
  mentions: number;
}

/** The numbers of a time, for the page, the command line, a spreadsheet and the digest alike. */
export interface Figures {
  /** Whole UTC days, the last one as far as it goes; without `to`. */
  from: Instant;
  to: Instant;
  /** By day, problem type, source and language; or by so many days from the first, where `days` says so. */
  rows: ReportRow[];
  days: number;
  totals: Totals;
  answers: AnswerTimes & {
    byType: (AnswerTimes & { problemType: string; targetMinutes?: number })[];
    byDay: (AnswerTimes & { day: Instant })[];
  };
  decisions: Decisions & { byType: (Decisions & { problemType: string })[] };
  quality: Quality;
  /** Open at some moment of this time, newest first. */
  incidents: IncidentFigure[];
  spending: SpendingOf[];
  /** The same time before. */
  before: { totals: Totals; answers: AnswerTimes };
}

/** The last so many UTC days, today as far as it goes. @param rowDays how many of them a row is for */
export function lastDays(parts: ReportParts, days: number, rowDays = 1): Promise<Figures> {
  const now = parts.clock.now();
  return figuresOf(parts, Math.floor(now / DAY_MS) * DAY_MS - (days - 1) * DAY_MS, now + 1, rowDays);
}

/** What happened from `from` up to but without `to`. */
export async function figuresOf(parts: ReportParts, from: Instant, to: Instant, rowDays = 1): Promise<Figures> {
  const { store } = parts;
  const length = Math.ceil((to - from) / DAY_MS) * DAY_MS;
  const [rows, answered, approvals, corrections, incidents, spending, rowsBefore, answeredBefore] = await Promise.all([
    store.report(from, to, rowDays),
    store.firstAnswers(from, to),
    store.approvalCounts(from, to),
    store.correctionCounts(from, to),
    incidentsOf(parts, from, to),
    parts.spending(),
    // Only its sums are told.
    store.report(from - length, from, length / DAY_MS),
    store.firstAnswers(from - length, from),
  ]);
  const first = withDue(parts, answered);
  return {
    from,
    to,
    rows,
    days: rowDays,
    totals: totalsOf(rows),
    answers: {
      ...timesOf(first),
      byType: grouped(first, ({ problemType }) => problemType).map(([problemType, some]) => {
        const targetMinutes = parts.targetMinutes(problemType);
        return { problemType, ...timesOf(some), ...(targetMinutes !== undefined && { targetMinutes }) };
      }),
      byDay: byDay(first),
    },
    decisions: decisionsOf(rows, approvals),
    quality: qualityOf(rows, corrections),
    incidents,
    spending,
    before: { totals: totalsOf(rowsBefore), answers: timesOf(withDue(parts, answeredBefore)) },
  };
}

function totalsOf(rows: readonly ReportRow[]): Totals {
  const total = (column: keyof Totals) => rows.reduce((sum, row) => sum + row[column], 0);
  return Object.fromEntries(TOTALS.map((column) => [column, total(column)])) as Totals;
}

/** The most numerous first. */
function grouped<T>(all: readonly T[], keyOf: (one: T) => string): [string, T[]][] {
  return [...Map.groupBy(all, keyOf)].sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1));
}

function byDay(first: readonly DueAnswer[]) {
  const days = Map.groupBy(first, ({ answeredAt }) => Math.floor(answeredAt / DAY_MS) * DAY_MS);
  return [...days].sort(([a], [b]) => a - b).map(([day, some]) => ({ day, ...timesOf(some) }));
}

function decisionsOf(rows: readonly ReportRow[], approvals: readonly ApprovalCount[]): Figures['decisions'] {
  const byType = new Map<string, Decisions & { problemType: string }>();
  const of = (problemType: string) => {
    const known = byType.get(problemType) ?? { problemType, approved: 0, edited: 0, inIncident: 0, dismissed: 0 };
    byType.set(problemType, known);
    return known;
  };
  for (const { problemType, dismissed } of rows) if (dismissed > 0) of(problemType).dismissed += dismissed;
  for (const { problemType, approved, edited, inIncident } of approvals) {
    const type = of(problemType);
    type.approved += approved;
    type.edited += edited;
    type.inIncident += inIncident;
  }
  const all = [...byType.values()].sort((a, b) => b.approved + b.dismissed - (a.approved + a.dismissed));
  const total = (column: keyof Decisions) => all.reduce((sum, one) => sum + one[column], 0);
  return {
    approved: total('approved'),
    edited: total('edited'),
    inIncident: total('inIncident'),
    dismissed: total('dismissed'),
    byType: all,
  };
}

async function incidentsOf({ store }: ReportParts, from: Instant, to: Instant): Promise<IncidentFigure[]> {
  const all = await store.incidents({ limit: INCIDENTS_MAX });
  return all
    .filter(({ incident }) => incident.openedAt < to && (incident.closedAt ?? to) >= from)
    .map(({ incident: { id, problemType, openedAt, closedAt, closeReason }, mentionIds }) => ({
      ...{ id, problemType, openedAt, mentions: mentionIds.length },
      ...(closedAt !== undefined && { closedAt }),
      ...(closeReason !== undefined && { closeReason }),
    }));
}
