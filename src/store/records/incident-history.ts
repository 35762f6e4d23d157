import { sql } from 'kysely';
import type { HourCount, RecentRow } from '../../core/incidents.ts';
import type { Instant } from '../../core/nouns.ts';
import type { Engine } from '../engine.ts';
import { queueRows } from './queue-rows.ts';

const HOUR_MS = 3_600_000;

/** What the watch over incidents looks at. */
export function recent(
  engine: Engine,
  { since, sample, limit }: { since: Instant; sample: boolean; limit: number },
): Promise<RecentRow[]> {
  return engine.read.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('mention')
      .select(['no', 'id'])
      .where('said_at', '>=', since)
      .where('problem_type', '!=', '')
      .where('sample', '=', sample ? 1 : 0)
      .where('state', 'not in', ['erased', 'dismissed', 'heard'])
      .orderBy('said_at', 'desc')
      .orderBy('no', 'desc')
      .limit(limit)
      .execute();
    if (found.length === 0) return [];
    const rows = await queueRows(
      tx,
      found.map(({ no }) => no),
    );
    const places = await tx
      .selectFrom('incident_mention')
      .select(['incident_id', 'mention_id', 'gone'])
      .where(
        'mention_id',
        'in',
        found.map(({ id }) => id),
      )
      .orderBy('joined_at')
      .execute();
    return rows.map((row) => {
      const own = places.filter(({ mention_id }) => mention_id === row.mention.id);
      const inside = own.filter(({ gone }) => gone === 0).at(-1);
      return {
        ...row,
        ...(inside && { incident: inside.incident_id }),
        leftFrom: own.filter(({ gone }) => gone === 1).map(({ incident_id }) => incident_id),
      };
    });
  });
}

/** Whatever became of the mentions: an erased one was said all the same. */
export async function hourly(
  engine: Engine,
  { from, to, sample }: { from: Instant; to: Instant; sample: boolean },
): Promise<HourCount[]> {
  const rows = await engine.read
    .selectFrom('mention')
    .select((e) => [
      sql<number>`said_at - said_at % ${sql.lit(HOUR_MS)}`.as('hour'),
      'problem_type',
      e.fn.countAll<number>().as('count'),
    ])
    .where('said_at', '>=', from)
    .where('said_at', '<', to)
    .where('sample', '=', sample ? 1 : 0)
    .where('problem_type', '!=', '')
    .groupBy(['hour', 'problem_type'])
    .orderBy('hour')
    .orderBy('problem_type')
    .execute();
  return rows.map(({ hour, problem_type, count }) => ({
    hour: Number(hour),
    problemType: problem_type,
    count: Number(count),
  }));
}
