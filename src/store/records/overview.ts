import { sql } from 'kysely';
import { STATES, WAITING } from '../../core/moves.ts';
import { type Instant, LIKELY_SCAM, type State } from '../../core/nouns.ts';
import type { Counts, ReportRow } from '../../core/ports.ts';
import type { Engine } from '../engine.ts';

const DAY_MS = 86_400_000;
const CLOSED: readonly State[] = ['posted', 'dismissed', 'erased'];
/** By name, so that an index leads to them past all that is closed. */
const OPEN = STATES.filter((state) => !CLOSED.includes(state));

/**
 * How many wait where. `urgent` and `scam` count what waits for a person, `byAssignee` what is not closed. Snoozed
 * mentions count as snoozed until `wake` brings them back, so that a count and its list never differ.
 */
export function counts(engine: Engine): Promise<Counts> {
  return engine.read.transaction().execute(async (db) => {
    // What is closed is nearly everything, and nobody waits for its exact number.
    const about = await engine.about?.(db);
    const states = await db
      .selectFrom('mention')
      .select((e) => ['state', e.fn.countAll<number>().as('count')])
      .$if(about !== undefined, (q) => q.where('state', 'in', OPEN))
      .groupBy('state')
      .execute();
    const closed = CLOSED.flatMap((state) => (about?.has(state) ? [[state, about.get(state)]] : []));
    const count = db.selectFrom('mention').select((e) => e.fn.countAll<number>().as('count'));
    const urgent = await count.where('state', 'in', WAITING).where('rank', '=', 0).executeTakeFirstOrThrow();
    const scam = await count
      .where('state', 'in', WAITING)
      .where((e) => e.or([e('scam', '>=', LIKELY_SCAM), e('scammer', '=', 1)]))
      .executeTakeFirstOrThrow();
    const sample = await count.where('sample', '=', 1).executeTakeFirstOrThrow();
    const assigned = await db
      .selectFrom('mention')
      .select((e) => ['assignee', e.fn.countAll<number>().as('count')])
      .where('assignee', 'is not', null)
      .where('state', 'not in', CLOSED)
      .groupBy('assignee')
      .execute();
    return {
      byState: Object.fromEntries([...states.map(({ state, count }) => [state, Number(count)]), ...closed]),
      urgent: Number(urgent.count),
      byAssignee: Object.fromEntries(assigned.map(({ assignee, count }) => [assignee as string, Number(count)])),
      scam: Number(scam.count),
      sample: Number(sample.count),
    };
  });
}

/**
 * What happened on each UTC day from `from` up to but without `to`: heard, posted, dismissed, and found solved or not by
 * its author on that day, whenever the mention was said. Problem type and language are empty for what nobody has assessed.
 */
export async function report(engine: Engine, from: Instant, to: Instant): Promise<ReportRow[]> {
  const happened = (
    column: 'heard_at' | 'posted_at' | 'dismissed_at' | 'solved_at' | 'unsolved_at' | 'came_back_at',
    what: number,
  ) =>
    engine.read
      .selectFrom('mention')
      .select([
        sql<number>`${sql.ref(column)} - ${sql.ref(column)} % ${sql.lit(DAY_MS)}`.as('day'),
        'problem_type',
        'source',
        'lang',
        sql<number>`${sql.lit(what)}`.as('what'),
      ])
      .where(column, '>=', from)
      .where(column, '<', to);
  const tally = (what: number) => sql<number>`sum(case when what = ${sql.lit(what)} then 1 else 0 end)`;
  const rows = await engine.read
    .selectFrom(
      happened('heard_at', 0)
        .unionAll(happened('posted_at', 1))
        .unionAll(happened('dismissed_at', 2))
        .unionAll(happened('solved_at', 3))
        .unionAll(happened('unsolved_at', 4))
        .unionAll(happened('came_back_at', 5))
        .as('event'),
    )
    .select([
      'day',
      'problem_type',
      'source',
      'lang',
      tally(0).as('heard'),
      tally(1).as('posted'),
      tally(2).as('dismissed'),
      tally(3).as('solved'),
      tally(4).as('unsolved'),
      tally(5).as('cameBack'),
    ])
    .groupBy(['day', 'problem_type', 'source', 'lang'])
    .orderBy('day')
    .orderBy('problem_type')
    .orderBy('source')
    .orderBy('lang')
    .execute();
  return rows.map(({ problem_type, day, source, lang, ...sums }) => ({
    day: Number(day),
    problemType: problem_type,
    source,
    lang,
    heard: Number(sums.heard),
    posted: Number(sums.posted),
    dismissed: Number(sums.dismissed),
    solved: Number(sums.solved),
    unsolved: Number(sums.unsolved),
    cameBack: Number(sums.cameBack),
  }));
}
