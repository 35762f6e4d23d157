import { sql } from 'kysely';
import { Client } from 'pg';
import type { Db } from '../../src/store/engine.ts';
import { openPostgresEngine } from '../../src/store/postgres/index.ts';
import { makeAhead } from '../../src/store/postgres/partitions.ts';
import { storeOver } from '../../src/store/store.ts';
import { startServer } from '../postgres/server.ts';
import { benchAsk } from './ask.ts';
import type { Measurement } from './measurement.ts';
import { MONTH_MS, MONTHS, seed } from './seed.ts';
import { benchStore } from './store.ts';

/**
 * A large installation on PostgreSQL: rows that the server makes itself, since a million through the pipeline takes hours.
 * What people do, how large it is, and what it costs to let a month go.
 */
export async function* benchLarge(n: number): AsyncGenerator<Measurement> {
  const server = await startServer({ durable: true });
  const client = new Client(server.url);
  try {
    const least = Math.ceil(n / MONTHS);
    const engine = await openPostgresEngine(server.url, { partitionLeast: least });
    const one = (name: string, value: number, unit: string): Measurement => ({
      ...{ name, engine: 'PostgreSQL', n, unit },
      ...{ p50: value, p99: value },
    });
    await client.connect();
    const seconds = async (work: () => Promise<unknown>) => {
      const began = performance.now();
      await work();
      return (performance.now() - began) / 1000;
    };
    const now = Date.now();
    // A partition for each month, as upkeep would have made them.
    await engine.write((tx) => makeAhead(tx, { number: n, least }));
    yield one('fill, by the server itself', n / (await seconds(() => seed(server.url, n, now))), 'mentions/s');
    yield one('vacuum and analyze', await seconds(() => client.query('vacuum analyze')), 's');
    yield one('note when partitions were heard', await seconds(async () => engine.upkeep?.()), 's');
    const size = await client.query('select pg_database_size(current_database()) / 1e9 as gb');
    yield one('size of the database', Number(size.rows[0]?.gb), 'GB');
    yield* await benchStore(storeOver(engine), 'PostgreSQL', n);
    yield* await benchAsk(storeOver(engine), 'PostgreSQL', n);
    yield one('count every state exactly', 1000 * (await seconds(() => countAll(engine.read))), 'ms');
    const before = now - (MONTHS - 1) * MONTH_MS;
    yield one('let the oldest month go, row by row', await seconds(() => dropMonth(client, before)), 's');
    yield one('drop its part of the search index', await seconds(async () => engine.upkeep?.()), 's');
    yield one('vacuum after it', await seconds(() => client.query('vacuum mention, mention_search, draft')), 's');
    await engine.close();
  } finally {
    await client.end();
    await server.stop();
  }
}

const countAll = (db: Db) => sql`select state, count(*) from mention group by state`.execute(db);

async function dropMonth(client: Client, before: number): Promise<void> {
  for (;;) {
    await client.query(`with gone as (
        delete from mention where no in (select no from mention where heard_at < ${before} order by no limit 5000) returning id, no),
      words as (delete from mention_search where no in (select no from gone))
      delete from draft where mention_id in (select id from gone)`);
    const left = await client.query(
      `select 1 from mention where no = (select min(no) from mention) and heard_at < ${before}`,
    );
    if (left.rows.length === 0) return;
  }
}
