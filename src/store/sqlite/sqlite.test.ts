import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../migrations/index.ts';
import type { Migration } from '../migrations/migration.ts';
import { storeOver } from '../store.ts';
import { openSqliteEngine, openSqliteStore } from './index.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-sqlite-'));
  file = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const page = {
  source: 'forum',
  connector: 'forum',
  sample: false,
  found: [{ nativeId: 'n1', author: { id: 'a' }, text: '钱包打不开', permission: { how: 'api' as const } }],
  at: 1,
};

describe('opening', () => {
  it('makes folders and file, readable for nobody else', async () => {
    file = join(folder, 'deep', 'er', 'store.db');
    const store = await openSqliteStore(file);
    await store.savePage(page);
    for (const name of readdirSync(join(folder, 'deep', 'er'))) {
      expect(statSync(join(folder, 'deep', 'er', name)).mode & 0o077, name).toBe(0);
    }
    await store.close();
  });

  it('takes a database on from where it is', async () => {
    const store = await openSqliteStore(file);
    await store.savePage(page);
    await store.close();
    const next: Migration = {
      name: 'a later step',
      up: async (db) => void (await db.schema.alterTable('mention').addColumn('later', 'text').execute()),
    };
    const later = await openSqliteStore(file, { migrations: [...MIGRATIONS, next] });
    expect(await later.known('forum', ['n1'])).toEqual(new Set(['n1']));
    await later.close();
    const again = await openSqliteStore(file, { migrations: [...MIGRATIONS, next] });
    await again.close();
    await expect(openSqliteStore(file)).rejects.toMatchObject({
      code: 'newer-database',
      message: expect.stringContaining('newer version of Earshot'),
    });
  });

  it('leaves a database as it was when a step fails', async () => {
    await (await openSqliteStore(file)).close();
    const broken: Migration = {
      name: 'half of a step',
      async up(db) {
        await db.schema.createTable('half').addColumn('a', 'text').execute();
        throw new Error('planted');
      },
    };
    await expect(openSqliteStore(file, { migrations: [...MIGRATIONS, broken] })).rejects.toThrow('planted');
    const store = await openSqliteStore(file);
    await store.close();
    const database = new DatabaseSync(file);
    expect(database.prepare("select name from sqlite_master where name = 'half'").all()).toEqual([]);
    database.close();
  });

  it('works when many open a new file at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => openSqliteStore(file)));
    await Promise.all(stores.map((store) => store.savePage(page)));
    expect((await stores[0]?.queue({ limit: 5 }))?.rows).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('says what is wrong with a file that is none of ours', async () => {
    writeFileSync(file, 'these are words, not a database '.repeat(100));
    await expect(openSqliteStore(file)).rejects.toMatchObject({ code: 'not-a-database' });
    mkdirSync(join(folder, 'a-folder'));
    await expect(openSqliteStore(join(folder, 'a-folder'))).rejects.toMatchObject({ code: 'store-not-opened' });
    await expect(openSqliteStore(join(file, 'inside'))).rejects.toMatchObject({ code: 'store-not-opened' });
  });
});

describe('an open store', () => {
  it('syncs every commit to the disk', async () => {
    const store = await openSqliteStore(file);
    expect(await store.describe()).toMatch(/^SQLite 3\.\d+\.\d+ \(wal, every commit synced\), file /);
    await store.close();
  });

  it('waits for another writer without stopping the process', async () => {
    const store = await openSqliteStore(file);
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    let saved = false;
    const saving = store.savePage(page).then(() => {
      saved = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(saved).toBe(false);
    expect(await store.known('forum', ['n1']), 'reading goes on').toEqual(new Set());
    other.exec('commit');
    other.close();
    await saving;
    expect(await store.known('forum', ['n1'])).toEqual(new Set(['n1']));
    await store.close();
  });

  it('says that the disk is full, and goes on when there is room', async () => {
    const engine = await openSqliteEngine(file);
    const store = storeOver(engine);
    const most = (pages: number) => engine.write((tx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx));
    await store.savePage(page);
    await most(1);
    const large = {
      ...page,
      found: [{ ...page.found[0], nativeId: 'n2', text: '充值 '.repeat(50_000) }],
    } as typeof page;
    await expect(store.savePage(large)).rejects.toMatchObject({ code: 'store-full' });
    expect(store.condition().full).toBe(true);
    await most(100_000);
    expect((await store.savePage(large)).added).toHaveLength(1);
    expect(store.condition().full).toBe(false);
    await store.close();
  });

  it('can be closed twice, and finishes what was asked before', async () => {
    const store = await openSqliteStore(file);
    const saving = store.savePage(page);
    await Promise.all([store.close(), store.close()]);
    expect((await saving).added).toHaveLength(1);
    await expect(store.savePage(page)).rejects.toThrow();
  });

  it('keeps its search index sound over edits and erasures', async () => {
    const store = await openSqliteStore(file);
    const words = ['钱包', 'wallet', '到账', 'fees', '密码'];
    for (let turn = 0; turn < 60; turn += 1) {
      const found = [0, 1, 2].map((i) => ({
        ...page.found[0],
        nativeId: `n${(turn + i) % 20}`,
        author: { id: 'a', handle: `h${i}` },
        permission: { how: 'api' as const },
        text: words.filter((_, k) => (turn * 7 + k * i) % 3).join(' ') + turn,
      }));
      await store.savePage({ ...page, found });
      if (turn % 9 === 0) {
        await store.erase('forum', [`n${turn % 20}`], { at: 1, actor: 'x', action: 'erased', subject: '', detail: {} });
      }
    }
    const { rows } = await store.queue({ limit: 100 });
    for (const word of words) {
      const expected = rows.filter(({ mention }) => mention.text.includes(word)).map(({ mention }) => mention.id);
      const hits = (await store.queue({ search: word, limit: 100 })).rows.map(({ mention }) => mention.id);
      expect(hits.sort(), word).toEqual(expected.sort());
    }
    await store.close();
    const database = new DatabaseSync(file);
    expect(() => database.exec("insert into mention_search(mention_search) values ('integrity-check')")).not.toThrow();
    expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });
});
