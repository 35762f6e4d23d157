import { mkdirSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { Refused } from '../../core/failures.ts';
import type { Store } from '../../core/ports.ts';
import { Changes } from '../changes.ts';
import type { Engine, Touched } from '../engine.ts';
import { type Dialect, type Migration, migrate } from '../migrations.ts';
import type { Tables } from '../schema.ts';
import { storeOver } from '../store.ts';
import { NodeSqliteDialect } from './dialect.ts';
import { ftsIndex, SEARCH_INDEX } from './search.ts';

/** How often commits of other processes are looked for, while somebody watches. */
const LOOK_MS = 500;

const SQLITE: Dialect = {
  name: 'SQLite',
  identity: 'integer',
  appendOnly: (table, sentence) =>
    ['update', 'delete'].map(
      (verb) =>
        `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${sentence}'); end`,
    ),
  searchIndex: () => SEARCH_INDEX,
};

export interface SqliteOptions {
  /** For tests of migrations; the shipped history is used without it. */
  migrations?: readonly Migration[];
}

/**
 * Opens the store in a file, made if it is not there. Several processes of one machine may open the same file; a network
 * drive is not safe.
 *
 * @throws Refused `newer-database` when a newer version wrote it, `not-a-database` when it is some other file.
 */
export async function openSqliteStore(file: string, options: SqliteOptions = {}): Promise<Store> {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  const writer = connect(file);
  // SQLite's own waiting blocks the thread; the driver waits for the write lock without (see dialect.ts).
  writer.exec('pragma busy_timeout = 0');
  let reader: DatabaseSync | undefined;
  try {
    const write = new Kysely<Tables>({ dialect: new NodeSqliteDialect(writer, 'begin immediate') });
    await write.transaction().execute((tx) => migrate(tx, SQLITE, Date.now(), options.migrations));
    reader = connect(file);
    reader.exec('pragma query_only = on');
    const read = new Kysely<Tables>({ dialect: new NodeSqliteDialect(reader, 'begin') });
    return storeOver(engineOver(file, writer, write, read));
  } catch (thrown) {
    writer.close();
    reader?.close();
    throw thrown;
  }
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  try {
    // FULL: an answer is given only when the disk has it. secure_delete: what is erased is overwritten.
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on');
    database.exec('pragma cache_size = -32000; pragma temp_store = memory');
  } catch (thrown) {
    database.close();
    if (!/not a database|malformed/.test(String(thrown))) throw thrown;
    throw new Refused(
      'not-a-database',
      `${file} is no Earshot database, or it is damaged. Move it away to start empty, or put a backup in its place.`,
    );
  }
  return database;
}

function engineOver(file: string, writer: DatabaseSync, write: Kysely<Tables>, read: Kysely<Tables>): Engine {
  const changes = new Changes();
  const others = watchOthers(writer, changes);
  return {
    read,
    search: ftsIndex,
    async write(work) {
      const touched: Touched = { mentions: new Set(), sources: false };
      const result = await write.transaction().execute((tx) => work(tx, touched));
      changes.committed(touched);
      return result;
    },
    watch(onChange) {
      const stop = changes.listen(onChange);
      others.start();
      return () => {
        stop();
        if (!changes.watched) others.stop();
      };
    },
    backup: (target) => backupTo(file, target),
    describe: async () => `SQLite ${versionOf(writer)}, file ${file}`,
    async close() {
      others.stop();
      changes.stop();
      // In turn with what is running: a transaction is finished before its connection goes.
      await write.transaction().execute(async () => {});
      await Promise.all([write.destroy(), read.destroy()]);
    },
  };
}

/** `data_version` of a connection changes with every commit that is not its own. */
function watchOthers(writer: DatabaseSync, changes: Changes): { start(): void; stop(): void } {
  const statement = writer.prepare('pragma data_version');
  const look = () => statement.get()?.data_version;
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      if (timer) return;
      let last = look();
      timer = setInterval(() => {
        const now = look();
        if (now !== last) changes.committedElsewhere();
        last = now;
      }, LOOK_MS).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** More pages than a database can have. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * SQLite's own online backup, under another name until it is whole. In one step, off the main thread: a reader that keeps
 * nobody from writing, where several steps would start again after each commit of somebody else.
 */
async function backupTo(file: string, target: string): Promise<number> {
  const partial = `${target}.partial-${process.pid}`;
  mkdirSync(dirname(resolve(target)), { recursive: true });
  const source = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    await backup(source, partial, { rate: ALL_PAGES });
    await rename(partial, target);
  } finally {
    source.close();
    await rm(partial, { force: true });
  }
  return (await stat(target)).size;
}

function versionOf(database: DatabaseSync): string {
  return String(database.prepare('select sqlite_version() as version').get()?.version);
}
