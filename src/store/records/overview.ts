import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import { STATES, WAITING } from '../../core/moves.ts';
import { type Instant, LIKELY_SCAM, type State } from '../../core/nouns.ts';
import type { Counts, ReportRow } from '../../core/ports.ts';
import { type Engine, rowsIn } from '../engine.ts';

const DAY_MS = 86_400_000;
const CLOSED: readonly State[] = ['posted', 'dismissed', 'erased'];
/** By name, so that an index leads to them past all that is closed. */
const OPEN = STATES.filter((state) => !CLOSED.includes(state));

/**
 * How many wait where. `urgent` and `scam` count what waits for a person, `byAssignee` what is not closed. Snoozed
 * mentions count as snoozed until `wake` brings them back, so that a count and its list never differ.
 */
export async function counts({ read, rows, about: estimate }: Engine): Promise<Counts> {
  // What is closed is nearly everything, and nobody waits for its exact number.
  const about = await estimate?.();
  const states = read
    .selectFrom('mention')
    .select((e) => ['state', e.fn.countAll<number>().as('count')])
    .$if(about !== undefined, (q) => q.where('state', 'in', OPEN))
    .groupBy('state');
  const assigned = read
    .selectFrom('mention')
    .select((e) => ['assignee', e.fn.countAll<number>().as('count')])
    .where('assignee', 'is not', null)
    .where('state', 'not in', CLOSED)
    .groupBy('assignee');
  const count = read.selectFrom('mention').select((e) => e.fn.countAll<number>().as('count'));
  const waiting = count.where('state', 'in', WAITING);
  const scam = waiting.where((e) => e.or([e('scam', '>=', LIKELY_SCAM), e('scammer', '=', 1)]));
  const counted = await read
    .selectNoFrom([
      rows(states).as('states'),
      rows(assigned).as('assigned'),
      waiting.where('rank', '=', 0).as('urgent'),
      scam.as('scam'),
      count.where('sample', '=', 1).as('sample'),
    ])
    .executeTakeFirstOrThrow();
  const closed = CLOSED.flatMap((state) => (about?.has(state) ? [[state, about.get(state)]] : []));
  return {
    byState: Object.fromEntries([...rowsIn(counted.states).map(({ state, count }) => [state, count]), ...closed]),
    urgent: Number(counted.urgent),
    byAssignee: Object.fromEntries(rowsIn(counted.assigned).map(({ assignee, count }) => [assignee as string, count])),
    scam: Number(counted.scam),
    sample: Number(counted.sample),
  };
}

/** How many days are counted at once: SQLite answers on the thread that answers everybody, who wait meanwhile. */
const DAYS_AT_ONCE = 31;

/**
 * What happened on each UTC day from `from` up to but without `to`, or in each `days` of them, counted from `from`: heard,
 * posted, dismissed, and found solved or not by its author in that time, whenever the mention was said. Problem type and
 * language are empty for what nobody has assessed.
 */
export async function report(engine: Engine, from: Instant, to: Instant, days = 1): Promise<ReportRow[]> {
  const step = days * DAY_MS;
  const first = Math.floor(from / DAY_MS) * DAY_MS;
  const rows = new Map<string, ReportRow>();
  for (let at = first; at < to; at += DAYS_AT_ONCE * DAY_MS) {
    const until = Math.min(to, at + DAYS_AT_ONCE * DAY_MS);
    for (const row of await counted(engine, Math.max(from, at), until, { first, step })) add(rows, row);
    await breathe();
  }
  return [...rows.values()].sort(inOrder);
}

const COUNTS = ['heard', 'posted', 'dismissed', 'solved', 'unsolved', 'cameBack'] as const;

/** A step that reaches over two counts is put together again. */
function add(rows: Map<string, ReportRow>, row: ReportRow): void {
  const key = [row.day, row.problemType, row.source, row.lang].join('\0');
  const before = rows.get(key);
  if (before) for (const count of COUNTS) before[count] += row[count];
  else rows.set(key, row);
}

function inOrder(one: ReportRow, other: ReportRow): number {
  return (
    one.day - other.day ||
    compared(one.problemType, other.problemType) ||
    compared(one.source, other.source) ||
    compared(one.lang, other.lang)
  );
}

const compared = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

async function counted(
  engine: Engine,
  from: Instant,
  to: Instant,
  { first, step }: { first: Instant; step: number },
): Promise<ReportRow[]> {
  const happened = (
    column: 'heard_at' | 'posted_at' | 'dismissed_at' | 'solved_at' | 'unsolved_at' | 'came_back_at',
    what: (typeof COUNTS)[number],
  ) =>
    engine.read
      .selectFrom('mention')
      .select((e) => [
        sql<number>`${sql.ref(column)} - (${sql.ref(column)} - ${sql.lit(first)}) % ${sql.lit(step)}`.as('day'),
        'problem_type',
        'source',
        'lang',
        sql<string>`${sql.lit(what)}`.as('what'),
        e.fn.countAll<number>().as('n'),
      ])
      .where(column, '>=', from)
      .where(column, '<', to)
      // By their place: the day is an expression, and its name that of no column.
      .groupBy(sql`1, 2, 3, 4`);
  const rows = await happened('heard_at', 'heard')
    .unionAll(happened('posted_at', 'posted'))
    .unionAll(happened('dismissed_at', 'dismissed'))
    .unionAll(happened('solved_at', 'solved'))
    .unionAll(happened('unsolved_at', 'unsolved'))
    .unionAll(happened('came_back_at', 'cameBack'))
    .execute();
  return rows.map(({ day, problem_type, source, lang, what, n }) => ({
    ...{ day: Number(day), problemType: problem_type, source, lang },
    ...{ heard: 0, posted: 0, dismissed: 0, solved: 0, unsolved: 0, cameBack: 0, [what]: Number(n) },
  }));
}
