import { sql } from 'kysely';
import type { State } from '../../core/nouns.ts';
import type { Db, Tx } from '../engine.ts';

interface Statistics {
  rows: number;
  states: string[] | null;
  shares: number[] | null;
}

/** From the planner's statistics, which autovacuum keeps. Undefined below `from` rows, and where there are none yet. */
export async function aboutEachState(db: Db | Tx, from: number): Promise<ReadonlyMap<State, number> | undefined> {
  const asked = sql<Statistics>`select c.reltuples::float8 as rows,
      s.most_common_vals::text::text[] as states, s.most_common_freqs::float8[] as shares
    from pg_class c left join pg_stats s on s.schemaname = current_schema() and s.tablename = 'mention' and s.attname = 'state'
    where c.oid = 'mention'::regclass`;
  const { rows, states, shares } = (await asked.execute(db)).rows[0] ?? { rows: 0, states: null, shares: null };
  if (rows < from || !states || !shares) return undefined;
  return new Map(states.map((state, at) => [state as State, Math.round(rows * (shares[at] ?? 0))]));
}
