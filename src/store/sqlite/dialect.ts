import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryCompiler,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import { Refused } from '../../core/failures.ts';

/** How long a writer waits for another process before it gives up. */
const PATIENCE_MS = 15_000;
const STATEMENTS_KEPT = 200;
/** Long ones come of long lists, hardly ever the same length twice, and each would hold a lot of memory. */
const LONGEST_KEPT = 6_000;
const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const SQLITE_IOERR_WRITE = 778;

/** Kysely's own SQLite dialect over Node's `node:sqlite`. `begin` is how a transaction starts. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;
  readonly #inTransaction: () => boolean;
  readonly #begin: 'begin' | 'begin immediate';

  constructor(database: DatabaseSync, begin: 'begin' | 'begin immediate') {
    const adapted = adapt(database);
    super({ database: adapted });
    this.#database = adapted;
    this.#inTransaction = () => database.isTransaction;
    this.#begin = begin;
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.#database, this.#begin, this.#inTransaction);
  }

  override createQueryCompiler(): QueryCompiler {
    return new WithoutRowLocks();
  }
}

/** `for update` says nothing to SQLite: whoever writes has the whole database. */
class WithoutRowLocks extends SqliteQueryCompiler {
  protected override visitSelectModifier(): void {}
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #begin: string;
  readonly #inTransaction: () => boolean;

  constructor(database: SqliteDatabase, begin: string, inTransaction: () => boolean) {
    super({ database });
    this.#begin = begin;
    this.#inTransaction = inTransaction;
  }

  /** On a full disk SQLite has rolled back by itself; to ask for it again would be an error that hides the first. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#inTransaction()) await super.rollbackTransaction(connection);
  }

  /**
   * Waits for the lock without blocking the thread: the one who holds it may be another store in this very process,
   * which could then never finish.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
      try {
        await connection.executeQuery(CompiledQuery.raw(this.#begin));
        return;
      } catch (thrown) {
        if (!isBusy(thrown)) throw thrown;
        if (Date.now() > deadline) throw new Refused('store-busy', BUSY);
      }
      await wait(pause);
    }
  }
}

const BUSY =
  'Another process has kept the database locked for 15 seconds. Nothing was changed. Look for a second Earshot or a ' +
  'backup tool that works on the same file, then try again.';

function isBusy(thrown: unknown): boolean {
  const code = (thrown as { errcode?: unknown }).errcode;
  return typeof code === 'number' && (code & 0xff) === SQLITE_BUSY;
}

/** No room on the disk, or a limit on the size of files: SQLite calls the second a failed write. */
export function isFull(thrown: unknown): boolean {
  const code = (thrown as { errcode?: unknown }).errcode;
  return typeof code === 'number' && ((code & 0xff) === SQLITE_FULL || code === SQLITE_IOERR_WRITE);
}

/** What Kysely needs of a database, with the statements of the last queries kept ready. */
function adapt(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = kept.get(sql) ?? adaptStatement(database.prepare(sql));
      kept.delete(sql);
      if (sql.length <= LONGEST_KEPT) kept.set(sql, statement);
      if (kept.size > STATEMENTS_KEPT) kept.delete(kept.keys().next().value as string);
      return statement;
    },
  };
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}
