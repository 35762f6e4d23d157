import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, dropDatabase, emptyDatabase, run } from '../../../test/postgres/databases.ts';
import { Conflict, Refused } from '../../core/failures.ts';
import { mentionId } from '../../core/ids.ts';
import type { FoundMention } from '../../core/nouns.ts';
import type { Change, Store } from '../../core/ports.ts';
import { verifyAudit } from '../audit.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import type { Migration } from '../migrations/migration.ts';
import { openPostgresStore } from './index.ts';

let url: string;
beforeAll(async () => {
  url = await createDatabase();
});
afterAll(() => dropDatabase(url));

const found = (nativeId: string, over: Partial<FoundMention> = {}): FoundMention => ({
  nativeId,
  author: { id: 'a' },
  text: '钱包打不开',
  permission: { how: 'api' },
  ...over,
});
const page = (items: FoundMention[], source = 'forum') => ({
  source,
  connector: 'forum',
  sample: false,
  found: items,
  at: 1,
});
const event = (action: string, subject = '') => ({ at: 1, actor: 'mia', action, subject, detail: {} });

describe('opening', () => {
  it('works when many open a new database at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => openPostgresStore(url)));
    await Promise.all(stores.map((store) => store.savePage(page([found('n1')]))));
    expect((await stores[0]?.queue({ limit: 5 }))?.rows).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('takes a database on from where it is, and leaves it when a step fails', async () => {
    const other = await createDatabase();
    try {
      await (await openPostgresStore(other)).close();
      const next: Migration = {
        name: 'a later step',
        up: async (db) => void (await db.schema.alterTable('mention').addColumn('later', 'text').execute()),
      };
      const broken: Migration = {
        name: 'half of a step',
        async up(db) {
          await db.schema.createTable('half').addColumn('a', 'text').execute();
          throw new Error('planted');
        },
      };
      await expect(openPostgresStore(other, { migrations: [...MIGRATIONS, broken] })).rejects.toThrow('planted');
      expect(await run(other, `select 1 from pg_tables where tablename = 'half'`)).toEqual([]);
      await (await openPostgresStore(other, { migrations: [...MIGRATIONS, next] })).close();
      await expect(openPostgresStore(other)).rejects.toMatchObject({ code: 'newer-database' });
    } finally {
      await dropDatabase(other);
    }
  });

  it.each([
    ['no address', () => 'my-secret', 'bad-database-url'],
    ['another protocol', () => 'mysql://me:my-secret@127.0.0.1/x', 'bad-database-url'],
    ['nobody there', () => 'postgres://me:my-secret@127.0.0.1:1/x', 'store-not-opened'],
    ['a wrong password', () => url.replace(/:[^:@/]+@/, ':my-secret@'), 'store-not-opened'],
    ['no such database', () => `${url}_missing`, 'store-not-opened'],
  ])('says what is wrong with %s, never the password', async (_, address, code) => {
    const password = new URL(url).password;
    const refused = await openPostgresStore(address()).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ code });
    expect(String(refused)).not.toMatch(/my-secret/);
    expect(String(refused)).not.toContain(password);
  });
});

describe('an open store', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openPostgresStore(url);
    await emptyDatabase(url);
  });
  afterEach(() => store.close());

  it('says what and where it is, without the password', async () => {
    const { pathname, port, password } = new URL(url);
    const words = await store.describe();
    expect(words).toMatch(/^PostgreSQL \d+\.\d+ \(.*every commit synced\), database /);
    expect(words).toContain(`database ${pathname.slice(1)} on 127.0.0.1:${port}`);
    expect(words).not.toContain(password);
  });

  it('can be closed twice, and finishes what was asked before', async () => {
    const saving = Array.from({ length: 12 }, (_, n) => store.savePage(page([found(`n${n}`)])));
    const reading = Array.from({ length: 12 }, () => store.statuses());
    await Promise.all([store.close(), store.close()]);
    expect((await Promise.all(saving)).flatMap(({ added }) => added)).toHaveLength(12);
    await Promise.all(reading);
    await expect(store.savePage(page([]))).rejects.toThrow();
  });

  it('lets decisions pass while somebody else saves a page', async () => {
    const { added } = await store.savePage(page([found('n1')]));
    const other = new Client(url);
    await other.connect();
    await other.query(`begin; select * from source where source = 'forum' for update`);
    let saved = false;
    const saving = store.savePage(page([found('n2')])).then(() => {
      saved = true;
    });
    const id = added[0] as string;
    await store.decide({ mentionId: id, expectedVersion: 1, to: 'dismissed', audit: event('dismissed', id) });
    expect(await store.claim('classify', 'w', 5, 1_000, 1)).toEqual([]);
    expect(saved).toBe(false);
    await other.query('commit');
    await other.end();
    await saving;
  });

  it('goes on, and hears of others again, when all its connections were cut', async () => {
    const { added } = await store.savePage(page([found('n1')]));
    const changes: Change[] = [];
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'earshot' and pid <> pg_backend_pid()`;
    const heard = new Promise((resolve) => store.watch((change) => resolve(changes.push(change))));
    await run(url, cut);
    await heard;
    expect(changes, 'something may have been missed').toEqual([{ mentions: [], sources: true }]);
    const again = new Promise((resolve) => store.watch(resolve));
    const second = await openPostgresStore(url);
    const { added: later } = await second.savePage(page([found('n2')]));
    expect(await again).toEqual({ mentions: later, sources: true });
    await second.close();
    expect(await store.known('forum', ['n1', 'n2'])).toEqual(new Set(['n1', 'n2']));
    const audit = event('dismissed', added[0]);
    await store.decide({ mentionId: added[0] as string, expectedVersion: 1, to: 'dismissed', audit });
  });

  it('tells the others in passing, in order, and does not hear itself', async () => {
    const second = await openPostgresStore(url);
    const own: (string | undefined)[] = [];
    const others: (string | undefined)[] = [];
    store.machines.hear((text) => own.push(text));
    const all = new Promise<void>((resolve) => {
      second.machines.hear((text) => {
        if (others.push(text) === 3) resolve();
      });
    });
    for (const text of ['a', "b 'quoted' {} 中文", 'c']) await store.machines.say(text);
    await all;
    expect(others).toEqual(['a', "b 'quoted' {} 中文", 'c']);
    const back = new Promise((resolve) => store.machines.hear(resolve));
    await second.machines.say('back');
    expect(await back).toBe('back');
    expect(own).toEqual(['back']);
    await second.close();
  });

  it('gives up a connection on which no answer comes, and goes on with others', async () => {
    const impatient = await openPostgresStore(`${url}?query_timeout=400`);
    await impatient.savePage(page([found('n1')]));
    const other = new Client(url);
    await other.connect();
    await other.query('begin; lock table source');
    const saving = Array.from({ length: 4 }, () => impatient.savePage(page([found('n2')])));
    for (const { status } of await Promise.allSettled(saving)) expect(status).toBe('rejected');
    await other.query('commit');
    await other.end();
    expect((await impatient.savePage(page([found('n3')]))).added).toHaveLength(1);
    await impatient.close();
  });

  it('fails in a transaction whose connection is cut, and changes nothing', async () => {
    const long = Array.from({ length: 20 }, (_, n) => found(`n${n + 2}`, { text: 'cut '.repeat(500_000) }));
    const saving = store.savePage(page([found('n1'), ...long]));
    const failed = expect(saving).rejects.toThrow();
    const busy = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
      and application_name = 'earshot' and (state = 'idle in transaction' or backend_xid is not null)`;
    for (let ended = 0; ended === 0; ) ended = (await run(url, busy)).length;
    await failed;
    expect(await store.known('forum', ['n1', 'n2'])).toEqual(new Set());
    expect((await store.savePage(page([found('n1')]))).added).toHaveLength(1);
  });

  it('keeps ids and places of any length', async () => {
    const long = randomBytes(20_000).toString('hex');
    const items = ['a', 'b'].map((id) => found(id + long, { conversationId: long, parentId: long, place: long }));
    const { added } = await store.savePage(page(items));
    expect((await store.find(added[0] as string))?.conversation).toHaveLength(2);
  });

  it('goes on with what it planned once when a newer version adds a column', async () => {
    const [id] = (await store.savePage(page([found('n1')]))).added as [string];
    // So often that each connection keeps a plan for any id.
    for (let n = 0; n < 40; n += 1) await Promise.all([store.find(id), store.find(id)]);
    await run(url, 'alter table mention add column of_tomorrow text');
    expect((await store.find(id))?.mention.nativeId).toBe('n1');
  });

  it('survives many doing everything to the same mentions at once', { timeout: 60_000 }, async () => {
    const second = await openPostgresStore(url);
    const ids = Array.from({ length: 12 }, (_, n) => `n${n}`);
    const idOf = (n: number) => mentionId('forum', ids[n % 12] as string);
    const rotated = (n: number) => [...ids.slice(n % 12), ...ids.slice(0, n % 12)];
    const doings = [
      (one: Store, n: number) => one.savePage(page(rotated(n).map((id) => found(id, { text: `words ${n}` })))),
      (one: Store, n: number) =>
        one.savePage(
          page(
            rotated(n)
              .reverse()
              .map((id) => found(id)),
            'forum-2',
          ),
        ),
      (one: Store, n: number) => one.claim('classify', `w${n}`, 5, 1, n),
      (one: Store, n: number) => one.erase('forum', rotated(n).slice(0, 1), event('erased')),
      (one: Store, n: number) => one.saveDrafts(rotated(n).map((id) => ({ id, version: 1, trouble: 'none fits' }))),
      (one: Store, n: number) => one.appendAudit(event(`e${n}`)),
      async (one: Store, n: number) => {
        const { version = 1 } = (await one.find(idOf(n)))?.mention ?? {};
        await one.decide({ mentionId: idOf(n), expectedVersion: version, to: 'dismissed', audit: event('x', idOf(n)) });
      },
    ];
    const results = await Promise.allSettled(
      Array.from({ length: 140 }, (_, n) => doings[n % doings.length]?.(n % 2 ? second : store, n)),
    );
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(failed.filter((reason) => !(reason instanceof Conflict || reason instanceof Refused))).toEqual([]);
    expect(failed.filter((reason) => reason.code === 'store-busy')).toEqual([]);
    expect(await verifyAudit(store)).not.toHaveProperty('brokenAt');
    expect((await store.queue({ limit: 50 })).rows.length).toBeLessThanOrEqual(12);
    await second.close();
  });
});

describe('searching many and long texts', () => {
  let store: Store;
  beforeAll(async () => {
    await emptyDatabase(url);
    store = await openPostgresStore(url);
    for (let start = 0; start < 5_500; start += 500) {
      const items = Array.from({ length: 500 }, (_, n) =>
        found(`n${start + n}`, { text: `transfer ${start + n} failed`, saidAt: start + n + 1 }),
      );
      await store.savePage(page(items));
    }
    await store.savePage(page([found('long', { text: `${'a b '.repeat(20_000)}needle here`, saidAt: 9_000 })]));
    await store.savePage(page([found('last', { text: 'a needle there', saidAt: 9_001 })]));
  });
  afterAll(() => store.close());

  const search = async (words: string, limit = 5) =>
    (await store.queue({ search: words, limit })).rows.map(({ mention }) => mention.nativeId);

  it('gives the first of very many in the order of the list', async () => {
    expect(await search('transfer failed')).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
    const { next } = await store.queue({ search: 'transfer', limit: 5_498 });
    const rest = await store.queue({ search: 'transfer', limit: 5, after: next as string });
    expect(rest.rows.map(({ mention }) => mention.nativeId)).toEqual(['n5498', 'n5499']);
  });

  it('finds what stands far behind in the list, and far behind in a text', async () => {
    expect(await search('needle ')).toEqual(['long', 'last']);
    expect(await search('needle h')).toEqual(['long']);
    expect(await search('5321 ')).toEqual(['n5321']);
    expect(await search('nowhere')).toEqual([]);
  });

  it('reads the index for a rare word, not every text', async () => {
    await run(url, 'vacuum analyze mention_search');
    const plan = await run(
      url,
      `explain select no from mention_search where array_to_tsvector(array_remove(string_to_array(text || ' ' || author, ' '), '')) @@ '''needle'''::tsquery`,
    );
    expect(JSON.stringify(plan)).toContain('Index Scan on mention_search_1_array_to_tsvector_idx');
  });
});

describe('closing', () => {
  /** All that a command does in the end, in a process that has nothing else to do. */
  const OPEN_AND_CLOSE = `
    const { openPostgresStore } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
    await (await openPostgresStore(process.env.URL)).close();`;

  it('is waited for by a process that has nothing else to do', async () => {
    const ends = Array.from({ length: 8 }, async () => {
      const env = { ...process.env, URL: url };
      const child = spawn(process.execPath, ['--input-type=module', '-e', OPEN_AND_CLOSE], { env, stdio: 'ignore' });
      const [code] = await once(child, 'exit');
      return code;
    });
    expect(await Promise.all(ends)).toEqual(Array(8).fill(0));
  });
});

it('counts what is open, and estimates what is closed, where there are very many', async () => {
  const store = await openPostgresStore(url);
  const { added } = await store.savePage(page(Array.from({ length: 60 }, (_, n) => found(`many-${n}`))));
  for (const id of added.slice(0, 40)) {
    await store.decide({ mentionId: id, expectedVersion: 1, to: 'dismissed', audit: event('dismissed', id) });
  }
  await run(url, 'vacuum analyze mention');
  const large = await openPostgresStore(url, { estimateFrom: 50 });
  const { byState } = await large.counts(0);
  const exact = await store.counts(0);
  await Promise.all([large.close(), store.close()]);
  expect(byState.heard).toBe(exact.byState.heard);
  expect(Math.abs((byState.dismissed ?? 0) - (exact.byState.dismissed ?? 0))).toBeLessThan(5);
});
