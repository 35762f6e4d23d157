import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { allRows, createDatabase, dropDatabase, emptyDatabase, run } from '../postgres/databases.ts';
import { access } from './stores/access.ts';
import { aftercare } from './stores/aftercare.ts';
import { alerts } from './stores/alerts.ts';
import { approving } from './stores/approving.ts';
import { authors } from './stores/authors.ts';
import { collecting } from './stores/collecting.ts';
import { coverage } from './stores/coverage.ts';
import { deciding } from './stores/deciding.ts';
import { devices } from './stores/devices.ts';
import { editing } from './stores/editing.ts';
import { erasing } from './stores/erasing.ts';
import { feedback } from './stores/feedback.ts';
import { figures } from './stores/figures.ts';
import { incidents } from './stores/incidents.ts';
import { learning } from './stores/learning.ts';
import { listing } from './stores/listing.ts';
import { machines } from './stores/machines.ts';
import { notes } from './stores/notes.ts';
import { posting } from './stores/posting.ts';
import { savedViews } from './stores/saved-views.ts';
import { searching } from './stores/searching.ts';
import type { EngineUnderTest } from './stores/support.ts';
import { suspects } from './stores/suspects.ts';
import { upkeep } from './stores/upkeep.ts';
import { watching } from './stores/watching.ts';
import { working } from './stores/working.ts';

const sqlite: EngineUnderTest = {
  name: 'SQLite',
  open: (folder) => openSqliteStore(join(folder, 'store.db')),
  openBackup: (file) => openSqliteStore(file),
  async tamper(folder, sql, unguarded) {
    const database = new DatabaseSync(join(folder, 'store.db'));
    if (unguarded) database.exec('drop trigger audit_no_update; drop trigger audit_no_delete');
    database.exec(sql);
    database.close();
  },
  // Every byte on the disk.
  remains: async (folder) =>
    readdirSync(folder)
      .map((file) => readFileSync(join(folder, file)).toString('latin1'))
      .join(''),
};

/** The database of each folder that is in use, and those that are free again. */
const databases = new Map<string, Promise<string>>();
const free: Promise<string>[] = [];

function databaseOf(folder: string): Promise<string> {
  const url = databases.get(folder) ?? free.pop() ?? createDatabase();
  databases.set(folder, url);
  return url;
}

afterAll(async () => {
  for (const url of [...databases.values(), ...free]) await dropDatabase(await url);
});

const postgres: EngineUnderTest = {
  name: 'PostgreSQL',
  open: async (folder) => openPostgresStore(await databaseOf(folder)),
  async tamper(folder, sql, unguarded) {
    const guard = unguarded ? 'alter table audit disable trigger user; ' : '';
    await run(await databaseOf(folder), guard + sql);
  },
  // Every row: dead ones stay in its files until it has cleaned up by itself.
  remains: async (folder) => allRows(await databaseOf(folder)),
  async remove(folder) {
    const url = databaseOf(folder);
    databases.delete(folder);
    await emptyDatabase(await url);
    free.push(url);
  },
};

/** Every engine that keeps records goes through the same suite. */
describe.each([sqlite, postgres])('$name', (engine) => {
  describe('collecting', () => collecting(engine));
  describe('edits at the source', () => editing(engine));
  describe('coverage', () => coverage(engine));
  describe('work for classify and draft', () => working(engine));
  describe('the queue', () => listing(engine));
  describe('searching', () => searching(engine));
  describe('deciding', () => deciding(engine));
  describe('learning', () => learning(engine));
  describe('what an approval stands on', () => approving(engine));
  describe('access', () => access(engine));
  describe('posting', () => posting(engine));
  describe('several machines', () => machines(engine));
  describe('alerts', () => alerts(engine));
  describe('devices that are told', () => devices(engine));
  describe('aftercare', () => aftercare(engine));
  describe('authors', () => authors(engine));
  describe('notes', () => notes(engine));
  describe('saved views', () => savedViews(engine));
  describe('suspects', () => suspects(engine));
  describe('incidents', () => incidents(engine));
  describe('what authors say', () => feedback(engine));
  describe('figures for reports', () => figures(engine));
  describe('erasing', () => erasing(engine));
  describe('upkeep', () => upkeep(engine));
  describe('watching over it', () => watching(engine));
});
