import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { collecting } from './stores/collecting.ts';
import { coverage } from './stores/coverage.ts';
import { deciding } from './stores/deciding.ts';
import { editing } from './stores/editing.ts';
import { erasing } from './stores/erasing.ts';
import { listing } from './stores/listing.ts';
import { posting } from './stores/posting.ts';
import { searching } from './stores/searching.ts';
import type { EngineUnderTest } from './stores/support.ts';
import { watching } from './stores/watching.ts';
import { working } from './stores/working.ts';

/** Every engine that keeps records goes through the same suite. */
const ENGINES: EngineUnderTest[] = [
  {
    name: 'SQLite',
    open: (folder) => openSqliteStore(join(folder, 'store.db')),
    openBackup: (file) => openSqliteStore(file),
    tamper(folder, sql) {
      const database = new DatabaseSync(join(folder, 'store.db'));
      database.exec(sql);
      database.close();
    },
  },
];

describe.each(ENGINES)('$name', (engine) => {
  describe('collecting', () => collecting(engine));
  describe('edits at the source', () => editing(engine));
  describe('coverage', () => coverage(engine));
  describe('work for classify and draft', () => working(engine));
  describe('the queue', () => listing(engine));
  describe('searching', () => searching(engine));
  describe('deciding', () => deciding(engine));
  describe('posting', () => posting(engine));
  describe('erasing', () => erasing(engine));
  describe('watching over it', () => watching(engine));
});
