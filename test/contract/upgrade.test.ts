import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Engine } from '../../src/store/engine.ts';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import type { Migration } from '../../src/store/migrations/migration.ts';
import { insertRows, type Row } from '../../src/store/move/rows.ts';
import { openPostgresEngine, openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteEngine, openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createDatabase, dropDatabase } from '../postgres/databases.ts';
import { decideNow, T0 } from './stores/support.ts';

/** Every row of a small store that version 0.1.0 wrote, when its schema was the first. */
const ROWS = join(import.meta.dirname, 'fixtures/first-schema.json');

interface Kept {
  name: string;
  make(): Promise<string>;
  engine(place: string, migrations: readonly Migration[]): Promise<Engine>;
  store(place: string): Promise<Store>;
  remove(place: string): Promise<void>;
}

const KEPT: Kept[] = [
  {
    name: 'SQLite',
    make: async () => join(await mkdtemp(join(tmpdir(), 'earshot-upgrade-')), 'earshot.db'),
    engine: (file, migrations) => openSqliteEngine(file, { migrations }),
    store: openSqliteStore,
    remove: (file) => rm(join(file, '..'), { recursive: true }),
  },
  {
    name: 'PostgreSQL',
    make: createDatabase,
    engine: (url, migrations) => openPostgresEngine(url, { migrations }),
    store: openPostgresStore,
    remove: dropDatabase,
  },
];

async function firstVersion({ engine }: Kept, place: string): Promise<Record<string, Row[]>> {
  const opened = await engine(place, MIGRATIONS.slice(0, 1));
  const rows = JSON.parse(await readFile(ROWS, 'utf8')) as Record<string, Row[]>;
  const tables = await opened.tables();
  await opened.write(async (tx) => {
    for (const [name, kept] of Object.entries(rows)) {
      const shape = tables.find((table) => table.name === name);
      if (!shape) throw new Error(`the first schema has no table ${name}`);
      await insertRows(tx, shape, kept);
      if (name !== 'mention') continue;
      const words = kept.map(({ no, text }) => ({ no: Number(no), text: String(text), author: '' }));
      await opened.search.add(tx, words);
    }
    await opened.renumber(tx, tables);
  });
  await opened.close();
  return rows;
}

describe.each(KEPT)('what the first version wrote, in $name', (kept) => {
  it('is all there when this version opens it, and work goes on', { timeout: 60_000 }, async () => {
    const place = await kept.make();
    const rows = await firstVersion(kept, place);
    const store = await kept.store(place);
    try {
      expect((await store.counts(T0)).byState).toEqual({
        ...{ heard: 1, drafted: 1, snoozed: 1, approved: 1, unsure: 1, posted: 1, erased: 1 },
      });
      expect(await verifyAudit(store)).toEqual({ events: rows.audit?.length });
      const posted = rows.mention?.find(({ native_id }) => native_id === 'posted-1');
      expect(await store.find(String(posted?.id))).toMatchObject({
        mention: { text: '我的转账三天没有到账', conversationId: 'thread-1' },
        receipt: { nativeId: 'post-1' },
        drafts: [{ revision: 1 }],
      });
      expect(await store.corrections()).toMatchObject([{ text: 'Where is my money', to: 'transfer-failed' }]);
      expect(await store.cursor('forum-1')).toEqual({ after: 'heard-1' });
      expect(await store.coverage('forum-1')).toHaveLength(2);
      expect((await store.queue({ search: '三天没有', limit: 5 })).rows).toHaveLength(1);

      const drafted = rows.mention?.find(({ native_id }) => native_id === 'drafted-1');
      expect(await decideNow(store, String(drafted?.id), { to: 'dismissed' })).toMatchObject({ state: 'dismissed' });
      expect(await store.wake(T0 + 3_600_000)).toBe(1);
      expect(await store.machines.takeLease('new', 'a', 1_000)).toBe(true);
      expect(await verifyAudit(store)).not.toHaveProperty('brokenAt');
    } finally {
      await store.close();
      await kept.remove(place);
    }
  });
});
