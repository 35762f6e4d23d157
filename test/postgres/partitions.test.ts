import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import type { Migration } from '../../src/store/migrations/migration.ts';
import { moveStore } from '../../src/store/move/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteEngine } from '../../src/store/sqlite/index.ts';
import { storeOver } from '../../src/store/store.ts';
import { createDatabase, dropDatabase, run } from './databases.ts';
import { bounds, hear, ids, openSmall, type Small, search } from './partitioned.ts';

let url: string;
let small: Small;
let store: Store;
beforeEach(async () => {
  url = await createDatabase();
});
afterEach(() => dropDatabase(url));

async function openNow() {
  small = await openSmall(url);
  store = small.store;
}

describe('an index that an older version made', () => {
  const before = MIGRATIONS.slice(
    0,
    MIGRATIONS.findIndex(({ name }) => name === 'search in partitions'),
  );
  /** The files in which the table and its indexes lie: others, if they were written anew. */
  const files = () =>
    run(
      url,
      `select relfilenode from pg_class where relkind in ('r', 'i') and relname in
        ('mention_search', 'mention_search_pkey', 'mention_search_words',
          'mention_search_0', 'mention_search_0_pkey', 'mention_search_0_words') order by relname`,
    );

  beforeEach(async () => {
    const old = await openPostgresStore(url, { migrations: before });
    await hear(old, ids(1, 151));
    await old.close();
  });

  it('is the oldest partition afterwards, in the same files', async () => {
    const lay = await files();
    await openNow();
    expect(await files()).toEqual(lay);
    expect(lay).toHaveLength(3);
    expect(await bounds(small)).toEqual([
      [undefined, 151],
      [151, 251],
    ]);
    await hear(store, ids(151, 160));
    expect(await search(store)).toEqual(ids(1, 160).reverse());
    await store.close();
  });

  it('is as it was when the step breaks off, and taken up the next time', async () => {
    const broken: Migration = {
      name: 'broken',
      up: () => Promise.reject(new Error('planted')),
    };
    await expect(openPostgresStore(url, { migrations: [...MIGRATIONS, broken] })).rejects.toThrow('planted');
    expect(await run(url, `select relkind from pg_class where relname = 'mention_search'`)).toEqual([{ relkind: 'r' }]);
    await openNow();
    expect(await search(store)).toHaveLength(150);
    await store.close();
  });

  it('is written and read by processes of the older version while they still run', async () => {
    const old = await openPostgresStore(url, { migrations: before });
    await openNow();
    await hear(old, ids(151, 161));
    expect(await search(old)).toEqual(ids(1, 161).reverse());
    expect(await search(store)).toEqual(ids(1, 161).reverse());
    await Promise.all([old.close(), store.close()]);
  });
});

describe('room for what comes', () => {
  beforeEach(openNow);
  afterEach(() => store.close());

  const expectNoGap = async () => {
    const all = await bounds(small);
    expect(all.slice(1).map(([from]) => from)).toEqual(all.slice(0, -1).map(([, past]) => past));
    return all.at(-1)?.[1] as number;
  };

  it('is made ahead by upkeep, as much as one partition holds', async () => {
    await hear(store, ids(1, 91));
    expect(await store.upkeep()).toEqual([
      { did: 'the search index has a new partition', about: { name: 'mention_search_101' } },
    ]);
    expect(await store.upkeep()).toEqual([]);
    expect(await expectNoGap()).toBe(201);
  });

  it('is made by whoever writes when upkeep never came, on several machines at once', async () => {
    const machines = await Promise.all([1, 2, 3].map(() => openSmall(url)));
    await Promise.all(
      machines.map(async (machine, at) => {
        for (let start = 0; start < 120; start += 10)
          await hear(machine.store, ids(1000 * at + start, 1000 * at + start + 10));
      }),
    );
    expect(await search(store, 'wallet', 2_000)).toHaveLength(360);
    expect(await expectNoGap()).toBeGreaterThan(360);
    await Promise.all(machines.map((machine) => machine.store.close()));
  });

  it('holds more where more came in the last month', async () => {
    for (let start = 1; start < 351; start += 50) {
      await hear(store, ids(start, start + 50), Date.now());
      await store.upkeep();
    }
    const last = (await bounds(small)).at(-1) as [number, number];
    expect(last[1] - last[0]).toBe(300);
    await expectNoGap();
  });

  it('is made for mentions that are moved here with their numbers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-partitions-'));
    const from = await openSqliteEngine(join(folder, 'earshot.db'));
    const old = storeOver(from);
    await hear(old, ids(1, 451));
    await moveStore(from, small.engine);
    expect(await expectNoGap()).toBeGreaterThan(450);
    await store.upkeep();
    await hear(store, ids(451, 460));
    expect(await search(store)).toEqual(ids(1, 460).reverse());
    await old.close();
    await rm(folder, { recursive: true });
  });
});
