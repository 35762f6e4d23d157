import { closeSync, mkdirSync, openSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/sqlite';
import { Refused } from '../../core/failures.ts';
import type { Store } from '../../core/ports.ts';
import { append } from '../audit.ts';
import { Changes } from '../changes.ts';
import { type Engine, nothingTouched } from '../engine.ts';
import { migrate } from '../migrations/index.ts';
import type { Dialect, Migration } from '../migrations/migration.ts';
import type { Tables } from '../schema.ts';
import { storeOver } from '../store.ts';
import { tablesOf } from './catalogue.ts';
import { isFull, NodeSqliteDialect } from './dialect.ts';
import { ftsIndex, SEARCH_INDEX } from './search.ts';

/** How often commits of other processes are looked for, while somebody watches. */
const LOOK_MS = 500;

const SQLITE: Dialect = {
  name: 'SQLite',
  identity: 'integer',
  text: 'text',
  equality: 'btree',
  appendOnly: (table, sentence) =>
    ['update', 'delete'].map(
      (verb) =>
        `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${sentence}'); end`,
    ),
  searchIndex: () => SEARCH_INDEX,
  searchPartitions: () => [],
  makeIndex: (name, table, columns) => `create index ${name} on ${table} (${columns.join(', ')})`,
  home: () => [],
  audit: () => [],
};

export interface SqliteOptions {
  /** For tests of migrations; the shipped history is used without it. */
  migrations?: readonly Migration[];
}

/**
 * Opens the store in a file, made if it is not there, for this user only. Several processes of one machine may open the
 * same file; a network drive is not safe.
 *
 * @throws Refused `newer-database` when a newer version wrote it, `not-a-database` when it is some other file,
 * `store-not-opened` when it cannot be opened at all.
 */
export async function openSqliteStore(file: string, options: SqliteOptions = {}): Promise<Store> {
  return storeOver(await openSqliteEngine(file, options));
}

/** The same without the words of the business, for what works on whole tables. */
export async function openSqliteEngine(file: string, options: SqliteOptions = {}): Promise<Engine> {
  const opened: DatabaseSync[] = [];
  try {
    makePrivate(file);
    const writer = connect(file);
    opened.push(writer);
    // SQLite's own waiting blocks the thread; the driver waits for the write lock without (see dialect.ts).
    writer.exec('pragma busy_timeout = 0');
    const write = new Kysely<Tables>({ dialect: new NodeSqliteDialect(writer, 'begin immediate') });
    await write.transaction().execute((tx) => migrate(tx, SQLITE, Date.now(), options.migrations));
    const reader = connect(file);
    opened.push(reader);
    reader.exec('pragma query_only = on');
    const read = new Kysely<Tables>({ dialect: new NodeSqliteDialect(reader, 'begin') });
    return engineOver(file, writer, write, read);
  } catch (thrown) {
    for (const database of opened) database.close();
    throw asRefused(file, thrown);
  }
}

/** Makes the file before SQLite does, readable for nobody else; what SQLite puts beside it gets the same rights. */
function makePrivate(file: string): void {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  try {
    // FULL: an answer is given only when the disk has it. secure_delete: what is erased is overwritten. Checkpoints every
    // 16 MB instead of 4, so that hardly any decision has to wait for one.
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on');
    database.exec('pragma cache_size = -16000; pragma temp_store = memory; pragma wal_autocheckpoint = 4000');
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function asRefused(file: string, thrown: unknown): unknown {
  if (thrown instanceof Refused) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (/not a database|malformed/.test(message)) {
    const advice = 'Move it away, with its -wal and -shm files, to start empty or to put a backup in its place.';
    return new Refused('not-a-database', `${file} is no Earshot database, or it is damaged. ${advice}`);
  }
  if (!/unable to open|readonly|EACCES|EPERM|EISDIR|ENOTDIR|EROFS|EEXIST/.test(message)) return thrown;
  const advice = 'Check that this is a file in a folder you may write to.';
  return new Refused('store-not-opened', `The database ${file} could not be opened (${message}). ${advice}`);
}

function engineOver(file: string, writer: DatabaseSync, write: Kysely<Tables>, read: Kysely<Tables>): Engine {
  const changes = new Changes();
  const others = watchOthers(writer, changes);
  let closing: Promise<void> | undefined;
  const watching = (stop: () => void) => {
    others.start();
    return () => {
      stop();
      if (!changes.watched) others.stop();
    };
  };
  return {
    read,
    search: ftsIndex,
    rows: (query) => sql`${jsonArrayFrom(query)}`,
    now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    async write(work) {
      const touched = nothingTouched();
      const result = await write.transaction().execute(async (tx) => {
        const done = await work(tx, touched);
        await append(tx, touched.events);
        return done;
      });
      changes.committed(touched);
      return result;
    },
    isFull,
    async scrub() {
      await write.connection().execute(async () => writer.exec('pragma wal_checkpoint(truncate)'));
    },
    tables: () => tablesOf(read),
    // The next number is behind the highest there is.
    renumber: async () => {},
    watch: (onChange) => watching(changes.listen(onChange)),
    watchSettings: (onChange) => watching(changes.listenToSettings(onChange)),
    watchAccess: (onChange) => watching(changes.listenToAccess(onChange)),
    backup: (target) => backupTo(file, target),
    describe: async () => `SQLite ${versionOf(writer)} (${durabilityOf(writer)}), file ${file}`,
    close() {
      closing ??= (async () => {
        others.stop();
        changes.stop();
        // In turn with what is running: a transaction is finished before its connection goes.
        await Promise.all([write.connection().execute(idle), read.connection().execute(idle)]);
        await Promise.all([write.destroy(), read.destroy()]);
      })();
      return closing;
    },
  };
}

async function idle(): Promise<void> {}

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
  makePrivate(partial);
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

/** As the connection that writes has it, not as we once asked for it. */
function durabilityOf(database: DatabaseSync): string {
  const mode = database.prepare('pragma journal_mode').get()?.journal_mode;
  const synchronous = database.prepare('pragma synchronous').get()?.synchronous;
  return `${mode}, ${synchronous === 2 ? 'every commit synced' : 'not every commit synced'}`;
}
