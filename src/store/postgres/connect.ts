import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { Client, type ClientConfig, Pool, type PoolConfig, types } from 'pg';
import { Refused } from '../../core/failures.ts';
import { PLANNED_ONCE_MARK } from '../engine.ts';
import type { Tables } from '../schema.ts';
import { brokenOff, isSilence, notReached } from './failures.ts';
import { destroy, endInTime } from './listener.ts';

const INT8 = types.builtins.INT8;
/** For a network that was cut without a word: longer than the server's own limits below, which say more. */
const PATIENCE_MS = 75_000;

/** What every connection is told, see https://node-postgres.com/apis/client. */
export function configOf(url: string, patienceMs = PATIENCE_MS): ClientConfig {
  return {
    connectionString: url,
    application_name: 'earshot',
    connectionTimeoutMillis: Math.min(10_000, patienceMs),
    query_timeout: patienceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Instants and counts are whole numbers below 2 ** 53.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format)) },
  };
}

/** The database in words, for logs and pages: never the password, and no options, which may hold keys. */
export function placeOf(url: string): string {
  const { hostname, port, pathname, username, searchParams } = parsed(url);
  const name = decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username) || 'of the user';
  const host = decodeURIComponent(hostname) || searchParams.get('host') || 'this machine';
  return `database ${name} on ${host}${port && `:${port}`}`;
}

/** @throws Refused `bad-database-url`, without repeating what may hold a password. */
export function parsed(url: string): URL {
  const usable = URL.canParse(url) ? new URL(url) : undefined;
  if (usable && /^postgres(ql)?:$/.test(usable.protocol)) return usable;
  throw new Refused(
    'bad-database-url',
    'EARSHOT_DATABASE_URL is no address of a PostgreSQL database. It looks like postgres://user:password@host:5432/name; ' +
      'signs such as @ / # in a password are written %40 %2F %23.',
  );
}

/** Sessions that read see one moment each transaction, change nothing, and give up a query that takes too long. */
const READING = [
  'set session characteristics as transaction isolation level repeatable read, read only',
  `set statement_timeout = '15s'`,
];

/**
 * Sessions that write are cut off when their process is: what they locked is free again after the time they may be idle
 * inside a transaction. A commit is answered when the disk has it, even if the server is set up otherwise.
 */
const WRITING = [
  `set lock_timeout = '15s'`,
  `set statement_timeout = '60s'`,
  `set idle_in_transaction_session_timeout = '15s'`,
  `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')`,
];

export interface Pools {
  read: Kysely<Tables>;
  write: Kysely<Tables>;
}

/** @param patienceMs how long an answer is waited for. Default 75 s. */
export function openPools(url: string, patienceMs?: number): Pools {
  const Client = patientClient(placeOf(url));
  const pool = (max: number, session: readonly string[]) => {
    const options = { ...configOf(url, patienceMs), max, Client, idleTimeoutMillis: 60_000 };
    const dialect = new PostgresDialect({
      pool: reachable(options, placeOf(url)),
      async onCreateConnection(connection) {
        for (const statement of session) await connection.executeQuery(CompiledQuery.raw(statement));
      },
    });
    return new Kysely<Tables>({ dialect });
  };
  return { read: pool(4, READING), write: pool(4, WRITING) };
}

/** A pool that says in a sentence when the server is away, and outlives it. */
function reachable(options: PoolConfig, where: string): PostgresPool {
  const pool = new Pool(options);
  // A connection that breaks while nobody uses it. The pool has dropped it already; without a listener, Node would end.
  pool.on('error', () => {});
  return {
    options,
    end: () => pool.end(),
    async connect() {
      try {
        return (await pool.connect()) as unknown as Awaited<ReturnType<PostgresPool['connect']>>;
      } catch (thrown) {
        throw notReached(where, thrown);
      }
    },
  };
}

/** A query that need be planned only once has a name, under which the connection keeps its plan. */
function named([text, values, ...rest]: unknown[]): unknown[] {
  if (typeof text !== 'string' || !text.endsWith(PLANNED_ONCE_MARK)) return [text, values, ...rest];
  const name = names.get(text) ?? `earshot_${names.size}`;
  names.set(text, name);
  return [{ name, text, values }, undefined, ...rest];
}

const names = new Map<string, string>();

/**
 * After a query that got no answer in time nothing more is asked on this connection: the pool makes a new one. What was cut
 * off says so in a sentence.
 */
function patientClient(where: string) {
  return class PatientClient extends Client {
    constructor(config?: string | ClientConfig) {
      super(config);
      // Cut between two queries of a transaction: the next query says so. The pool listens only while nobody uses it.
      this.on('error', () => {});
      endInTime(this);
    }

    override query(...given: unknown[]): never {
      const answer = (super.query as (...all: unknown[]) => unknown).apply(this, named(given));
      if (!(answer instanceof Promise)) return answer as never;
      const explained = answer.catch((thrown: unknown) => {
        if (isSilence(thrown)) destroy(this);
        throw brokenOff(where, thrown) ?? thrown;
      });
      return explained as never;
    }
  };
}
