import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { readHealth } from '../../src/observe/health.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { createDatabase, dropDatabase, run } from '../postgres/databases.ts';
import { type Server, startServer } from '../postgres/server.ts';
import { DatabaseProxy } from './proxy.ts';

/** As a process that runs: it waits a second for an answer, where ours wait longer. */
const PATIENCE_MS = 1_000;
const stopping = new AbortController().signal;
let number = 0;

const health = (store: Store, patienceMs = 500) =>
  readHealth({ store, clock: { now: Date.now }, dataDir: tmpdir(), stopping, patienceMs });
const codes = async (store: Store, patienceMs?: number) =>
  (await health(store, patienceMs)).troubles.map(({ code }) => code).filter((code) => code !== 'sorting');
/** Resolves when nothing is wrong any more. What just came back, or a machine that does much else, may be slow before. */
const well = (store: Store) => expect.poll(() => codes(store, 30_000), { timeout: 30_000 }).toEqual([]);

/** A page with one new mention. */
function page(nativeId = `m${++number}`) {
  const found = [{ nativeId, author: { id: 'a' }, text: 'help', permission: { how: 'api' as const } }];
  return { source: 's', connector: 'forum', sample: false, found, at: Date.now() };
}

/** Tries until it is done, as every stage does. */
async function savedInTheEnd(store: Store, asked = page()): Promise<void> {
  await expect.poll(() => store.savePage(asked).then(() => 'saved', String), { timeout: 30_000 }).toBe('saved');
}

async function stored(store: Store): Promise<(string | undefined)[]> {
  return (await store.queue({ limit: 100 })).rows.map(({ mention }) => mention.nativeId).sort();
}

describe('a database that is stopped and started again', { timeout: 60_000 }, () => {
  let server: Server;
  let store: Store;
  beforeAll(async () => {
    server = await startServer();
    store = await openPostgresStore(server.url, { patienceMs: PATIENCE_MS });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  it('is told by its name, refuses with a sentence, and goes on by itself', async () => {
    await savedInTheEnd(store, page('before'));
    await server.halt();
    expect(await health(store)).toMatchObject({ status: 'not-ready', troubles: [{ code: 'store' }] });
    await expect(store.savePage(page('meanwhile'))).rejects.toMatchObject({ code: 'store-unreachable' });
    await expect(store.counts(0)).rejects.toMatchObject({ code: 'store-unreachable' });
    await server.resume();
    await savedInTheEnd(store, page('meanwhile'));
    await savedInTheEnd(store, page('after'));
    await well(store);
    await expect.poll(() => stored(store).catch(() => [])).toEqual(['after', 'before', 'meanwhile']);
  });

  it('tells what others do again as soon as it is back', async () => {
    const other = await openPostgresStore(server.url, { patienceMs: PATIENCE_MS });
    let heard = 0;
    const unwatch = store.watch(() => heard++);
    await server.halt();
    await server.resume();
    await expect
      .poll(
        async () => {
          await savedInTheEnd(other);
          return heard;
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBeGreaterThan(1);
    unwatch();
    await other.close();
  });
});

describe('a database behind a bad network', { timeout: 60_000 }, () => {
  let url: string;
  let proxy: DatabaseProxy;
  let store: Store;
  beforeEach(async () => {
    url = await createDatabase();
    proxy = await new DatabaseProxy(url).start();
    store = await openPostgresStore(proxy.through(url), { patienceMs: PATIENCE_MS });
  });
  afterEach(async () => {
    proxy.mend();
    await store.close();
    await proxy.close();
    await dropDatabase(url);
  });

  it('is called slow while it is, and works all the same', async () => {
    proxy.delay = 60;
    for (let n = 0; n < 3; n += 1) await savedInTheEnd(store);
    expect(await codes(store, 30_000)).toEqual(['slow']);
    expect((await health(store, 30_000)).status).toBe('degraded');
    proxy.delay = 0;
    await expect
      .poll(
        async () => {
          await savedInTheEnd(store);
          return codes(store, 30_000);
        },
        { timeout: 30_000 },
      )
      .toEqual([]);
  });

  it('is given up where it stays silent, and used again when it speaks; nothing is doubled', async () => {
    const asked = page('once');
    proxy.fallSilent();
    expect((await health(store)).troubles).toMatchObject([{ code: 'store' }]);
    await expect(store.savePage(asked)).rejects.toMatchObject({ code: 'store-unreachable' });
    proxy.mend();
    await savedInTheEnd(store, asked);
    await savedInTheEnd(store, asked);
    await expect.poll(() => stored(store).catch(() => [])).toEqual(['once']);
    await well(store);
  });

  it('is reached over new connections where the old ones never speak again', async () => {
    await savedInTheEnd(store, page('before'));
    proxy.loseConnections();
    await expect(store.savePage(page('meanwhile'))).rejects.toMatchObject({ code: 'store-unreachable' });
    await savedInTheEnd(store, page('meanwhile'));
    await expect.poll(() => stored(store).catch(() => []), { timeout: 30_000 }).toEqual(['before', 'meanwhile']);
  });
});

describe('a database whose disk is full', () => {
  let url: string;
  let store: Store;
  beforeEach(async () => {
    url = await createDatabase();
    store = await openPostgresStore(url);
  });
  afterEach(async () => {
    await store.close();
    await dropDatabase(url);
  });

  it('refuses with a sentence, is told by its name, and goes on when there is room', async () => {
    await store.savePage(page('before'));
    await run(
      url,
      `create function no_room() returns trigger language plpgsql as
         $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
       create trigger no_room before insert on mention for each row execute function no_room()`,
    );
    await expect(store.savePage(page('meanwhile'))).rejects.toMatchObject({
      code: 'store-full',
      message: expect.stringContaining('Make room'),
    });
    await expect.poll(() => health(store, 30_000)).toMatchObject({ status: 'degraded', troubles: [{ code: 'disk' }] });
    expect(await store.cursor('s'), 'nothing of a page is kept').toBeUndefined();
    await run(url, 'drop trigger no_room on mention');
    await store.savePage(page('meanwhile'));
    await well(store);
    expect(await stored(store)).toEqual(['before', 'meanwhile']);
    expect(await verifyAudit(store)).toEqual({ events: 0 });
  });
});
