import { Client, type ClientConfig } from 'pg';
import type { Upkeep } from '../../core/ports.ts';

/** Above this an index takes so long to make that people would notice: nobody may write meanwhile. */
const LARGE_BYTES = 400_000_000;
/** Any number, the same in every process: who makes such an index holds it. */
const INDEXING = 4_600_048;
const DAY_MS = 86_400_000;

/** Those that a migration leaves out where the table is large, and `makeMissing` makes while everybody works. */
const MADE_LATER = [{ name: 'mention_by_type', table: 'mention', columns: 'problem_type, state' }];

/** A statement for a migration: makes an index, or leaves it to `makeMissing`, which must know it. */
export function unlessLarge(name: string, table: string, columns: readonly string[]): string {
  return `do $$ begin
    if pg_relation_size('${table}') < ${LARGE_BYTES} then create index ${name} on ${table} (${columns.join(', ')}); end if;
  end $$`;
}

/**
 * Makes what is missing, on a connection of its own since it may take minutes, and without keeping anybody from writing. What
 * was cut off in the middle is made anew. One process at a time; others leave it to it.
 *
 * @param stop cuts it off
 */
export async function makeMissing(config: ClientConfig, stop: AbortSignal): Promise<Upkeep[]> {
  const client = new Client({ ...config, query_timeout: DAY_MS });
  client.on('error', () => {});
  const cut = () => void client.end().catch(() => {});
  await client.connect();
  stop.addEventListener('abort', cut, { once: true });
  const done: Upkeep[] = [];
  try {
    const turn = await client.query('select pg_try_advisory_lock($1) as mine', [INDEXING]);
    if (!turn.rows[0]?.mine) return [];
    for (const { name, table, columns } of MADE_LATER) {
      const valid = 'select from pg_index where indexrelid = to_regclass($1) and indisvalid';
      if ((await client.query(valid, [name])).rowCount) continue;
      const began = performance.now();
      await client.query(`drop index concurrently if exists ${name}`);
      await client.query(`create index concurrently ${name} on ${table} (${columns})`);
      done.push({ did: 'an index was made', about: { name, seconds: Math.round((performance.now() - began) / 1000) } });
    }
    return done;
  } catch (thrown) {
    if (stop.aborted) return done;
    throw thrown;
  } finally {
    stop.removeEventListener('abort', cut);
    await client.end().catch(() => {});
  }
}
