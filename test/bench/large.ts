import { sql } from 'kysely';
import { Client } from 'pg';
import type { Db } from '../../src/store/engine.ts';
import { openPostgresEngine } from '../../src/store/postgres/index.ts';
import { storeOver } from '../../src/store/store.ts';
import { startServer } from '../postgres/server.ts';
import type { Measurement } from './measurement.ts';
import { benchStore } from './store.ts';

const MONTHS = 24;
const MONTH_MS = 30 * 86_400_000;

/**
 * A large installation on PostgreSQL: rows that the server makes itself, since a million through the pipeline takes hours.
 * What people do, how large it is, and what it costs to let a month go.
 */
export async function* benchLarge(n: number): AsyncGenerator<Measurement> {
  const server = await startServer({ durable: true });
  const client = new Client(server.url);
  try {
    const engine = await openPostgresEngine(server.url);
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
    yield one('fill, by the server itself', n / (await seconds(() => makeRows(client, n, now))), 'mentions/s');
    yield one('vacuum and analyze', await seconds(() => client.query('vacuum analyze')), 's');
    const size = await client.query('select pg_database_size(current_database()) / 1e9 as gb');
    yield one('size of the database', Number(size.rows[0]?.gb), 'GB');
    yield* await benchStore(storeOver(engine), 'PostgreSQL', n);
    yield one('count every state exactly', 1000 * (await seconds(() => countAll(engine.read))), 'ms');
    const before = now - (MONTHS - 1) * MONTH_MS;
    yield one('let the oldest month go, row by row', await seconds(() => dropMonth(client, before)), 's');
    yield one('vacuum after it', await seconds(() => client.query('vacuum mention, mention_search, draft')), 's');
    await engine.close();
  } finally {
    await client.end();
    await server.stop();
  }
}

/** One in fifty waits with a draft, one in ten is posted, the rest dismissed, over two years. */
export async function makeRows(client: Client, n: number, now: number): Promise<void> {
  const steps = 20;
  for (let step = 0; step < steps; step++) {
    const [from, to] = [Math.floor((n / steps) * step) + 1, Math.floor((n / steps) * (step + 1))];
    await client.query(`
      insert into mention (id, connector, native_id, source, platform, state, version, sample, rank, problem_type, lang,
        unsure, scam, said_at, heard_at, posted_at, dismissed_at, claimed_until, draft_revision, draft_fresh, erase_asked,
        conversation_id, url, permission_json, author_json, attachments_json, text, assessment_json)
      select substr(md5(i::text), 1, 16), 'bench', 'n' || i, 'forum-' || i % 7, 'bench',
        case when i % 50 = 0 then 'drafted' when i % 10 = 1 then 'posted' else 'dismissed' end,
        3, 0, 1 + i % 3, (array['fees', 'app-bug', 'top-up-failed', 'praise', 'other'])[1 + i % 5], case when i % 10 < 4 then 'zh-Hans' else 'en' end,
        0, 0, at - 60000, at, case when i % 10 = 1 then at end, case when i % 50 <> 0 and i % 10 <> 1 then at end, 0, 1, 1, 0,
        't' || i / 4, 'https://forum.example/t/' || i, '{"how":"api"}', '{"id":"a' || i % 5000 || '","handle":"@user_' || i % 5000 || '"}', '[]',
        'my transfer number ' || i || ' is stuck since yesterday ' || md5(i::text) || ' support does not answer, the app shows an error ' || md5((i + 1)::text),
        '{"problemType":"fees","confidence":0.8,"unsure":false,"others":[],"priority":"normal","priorityReasons":[],"lang":"en","sentiment":"negative","scam":0,"scamReasons":[],"personal":[],"evidence":[],"classifier":"bench","at":1}'
      from (select i, (${now} - ((${n} - i)::float8 / ${n} * ${MONTHS * MONTH_MS}))::bigint as at
        from generate_series(${from}, ${to}) as i) as numbered`);
  }
  await client.query(`insert into mention_search (no, text, author) select no,
    'my transfer number is stuck since yesterday ' || substr(md5(no::text), 1, 8) || ' support does not answer', 'user_' || no % 5000 from mention`);
  await client.query(`insert into draft (mention_id, revision, text, lang, checks_json, length_json, by, at)
    select id, 1, 'We are sorry about this.', 'en', '[]', '{"used":24,"max":500}', 'earshot', 1 from mention where state = 'drafted'`);
}

const countAll = (db: Db) => sql`select state, count(*) from mention group by state`.execute(db);

export async function dropMonth(client: Client, before: number): Promise<void> {
  for (;;) {
    await client.query(`with gone as (
        delete from mention where no in (select no from mention where heard_at < ${before} order by no limit 5000) returning id)
      delete from draft where mention_id in (select id from gone)`);
    const left = await client.query(
      `select 1 from mention where no = (select min(no) from mention) and heard_at < ${before}`,
    );
    if (left.rows.length === 0) return;
  }
}
