import { sql } from 'kysely';
import type { State } from '../../core/nouns.ts';
import type { Db } from '../engine.ts';

/** Autovacuum makes new statistics once a minute at most. */
const GOOD_FOR_MS = 10_000;

interface Statistics {
  rows: number;
  states: string[] | null;
  shares: number[] | null;
}

type About = ReadonlyMap<State, number> | undefined;

/** About how many mentions are in each state, asked again every few seconds: who counts does so after every decision. */
export function estimates(db: Db, from: number): () => Promise<About> {
  let last: { at: number; about: Promise<About> } | undefined;
  return () => {
    const now = performance.now();
    if (last && now - last.at < GOOD_FOR_MS) return last.about;
    const about = aboutEachState(db, from);
    last = { at: now, about };
    about.catch(() => {
      last = undefined;
    });
    return about;
  };
}

/** From the planner's statistics, which autovacuum keeps. Undefined below `from` rows, and where there are none yet. */
async function aboutEachState(db: Db, from: number): Promise<About> {
  const asked = sql<Statistics>`select c.reltuples::float8 as rows,
      s.most_common_vals::text::text[] as states, s.most_common_freqs::float8[] as shares
    from pg_class c left join pg_stats s on s.schemaname = current_schema() and s.tablename = 'mention' and s.attname = 'state'
    where c.oid = 'mention'::regclass`;
  const { rows, states, shares } = (await asked.execute(db)).rows[0] ?? { rows: 0, states: null, shares: null };
  if (rows < from || !states || !shares) return undefined;
  return new Map(states.map((state, at) => [state as State, Math.round(rows * (shares[at] ?? 0))]));
}
