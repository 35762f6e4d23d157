import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { Refused } from '../../core/failures.ts';
import type { Store } from '../../core/ports.ts';
import { Changes } from '../changes.ts';
import { type Engine, nothingTouched, type Touched, type Tx } from '../engine.ts';
import { migrate } from '../migrations/index.ts';
import type { Migration } from '../migrations/migration.ts';
import { storeOver } from '../store.ts';
import { appended } from './audit.ts';
import { renumber, tablesOf } from './catalogue.ts';
import { configOf, openPools, type Pools, parsed, placeOf } from './connect.ts';
import { POSTGRES } from './dialect.ts';
import { estimates } from './estimate.ts';
import { BUSY, codeOf, mayPass, notOpened } from './failures.ts';
import { beHere, isElsewhere, noteHome } from './home.ts';
import { makeMissing } from './indexes.ts';
import { Listener } from './listener.ts';
import { CHANNEL, newsOf, tell } from './news.ts';
import { LEAST_NUMBERS, makeAhead, NoPartition } from './partitions.ts';
import { PASSING, Passing } from './passing.ts';
import { ginIndex } from './search.ts';
import { keepPartitions } from './upkeep.ts';

/** How often a transaction that met another one is done again from the start. */
const ATTEMPTS = 12;
/** Any number, the same in every process: who migrates holds it. */
const MIGRATING = 4_600_046;
const OLDEST_VERSION = 140_000;

export interface PostgresOptions {
  /** For tests of migrations; the shipped history is used without it. */
  migrations?: readonly Migration[];
  /** From so many mentions on, closed ones are estimated instead of counted. Default 200,000. */
  estimateFrom?: number;
  /** So many mentions a partition of the search index holds at least. Default 100,000. */
  partitionLeast?: number;
  /** So many places of a list a search looks at one by one before it asks the index. Default 1,000 and 5,000. */
  lookFirst?: { newest: number; urgency: number };
  /** How long an answer is waited for before the connection is given up. Default 75 s. */
  patienceMs?: number;
}

/**
 * Opens the store in a PostgreSQL database, 14 or newer, and makes its tables if they are not there. Any number of
 * processes on any number of machines may open the same one; each takes up to 9 connections.
 *
 * @param url such as `postgres://user:password@host:5432/name`
 * @throws Refused `bad-database-url`, `newer-database` when a newer version of Earshot wrote it, `store-not-opened` when
 * it cannot be reached or used. No message holds the password.
 */
export async function openPostgresStore(url: string, options: PostgresOptions = {}): Promise<Store> {
  return storeOver(await openPostgresEngine(url, options));
}

/** The same without the words of the business, for what works on whole tables. */
export async function openPostgresEngine(url: string, options: PostgresOptions = {}): Promise<Engine> {
  parsed(url);
  const where = `PostgreSQL ${placeOf(url)}`;
  const { estimateFrom = 200_000, partitionLeast = LEAST_NUMBERS, lookFirst } = options;
  const pools = openPools(url, options.patienceMs);
  const self = randomUUID();
  const changes = new Changes();
  const passing = new Passing(pools.write, self);
  const listener = new Listener(configOf(url), {
    [CHANNEL]: (news) => tell(changes, self, news),
    [PASSING]: (news) => passing.came(news),
  });
  try {
    await listener.start();
    await checkServer(pools, where);
    await pools.write.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${MIGRATING})`.execute(tx);
      await migrate(tx, POSTGRES, Date.now(), options.migrations);
      await makeAhead(tx, { least: partitionLeast });
    });
    // With a copy of an older form there is nothing to compare: it is taken to belong here.
    await noteHome(pools.write);
    return engineOver({ url, pools, self, changes, passing, listener, estimateFrom, partitionLeast, lookFirst });
  } catch (thrown) {
    await Promise.allSettled([listener.stop(), pools.read.destroy(), pools.write.destroy()]);
    throw notOpened(where, thrown);
  }
}

async function checkServer({ write }: Pools, where: string): Promise<void> {
  const asked = sql<{
    version: number;
    encoding: string;
  }>`select current_setting('server_version_num')::integer as version,
    current_setting('server_encoding') as encoding`;
  const { version, encoding } = (await asked.execute(write)).rows[0] ?? { version: 0, encoding: '' };
  if (version < OLDEST_VERSION)
    throw new Refused('store-not-opened', `The ${where} runs version ${version / 10_000}. Earshot needs 14 or newer.`);
  if (encoding !== 'UTF8')
    throw new Refused(
      'store-not-opened',
      `The ${where} keeps text as ${encoding}, which cannot hold every language. Create one with: createdb --encoding=UTF8 --template=template0 NAME`,
    );
}

interface Opened {
  url: string;
  pools: Pools;
  self: string;
  changes: Changes;
  passing: Passing;
  listener: Listener;
  estimateFrom: number;
  partitionLeast: number;
  lookFirst: PostgresOptions['lookFirst'];
}

function engineOver({
  url,
  pools,
  self,
  changes,
  passing,
  listener,
  estimateFrom,
  partitionLeast,
  lookFirst,
}: Opened): Engine {
  const { read, write } = pools;
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let closing: Promise<void> | undefined;

  const once = <T>(work: (tx: Tx, touched: Touched) => Promise<T>, touched: Touched) =>
    write
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (tx) => {
        const result = await work(tx, touched);
        // In one call with the log, since others wait from there on. Told when it is committed, and only then.
        const news = newsOf(self, touched);
        const last = [
          ...(news === undefined ? [] : [sql`pg_notify(${CHANNEL}, ${news})`]),
          ...(touched.events.length === 0 ? [] : [appended(touched.events)]),
        ];
        if (last.length > 0) await sql`select ${sql.join(last)}`.execute(tx);
        return result;
      });

  async function writeOver<T>(work: (tx: Tx, touched: Touched) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const touched = nothingTouched();
      try {
        const result = await once(work, touched);
        changes.committed(touched);
        return result;
      } catch (thrown) {
        if (codeOf(thrown) === 'lock_not_available') throw BUSY;
        const noRoom = thrown instanceof NoPartition;
        if (attempt === ATTEMPTS || !(noRoom || mayPass(thrown))) throw thrown;
        if (noRoom) await makeRoom(thrown);
      }
      await wait(Math.random() * 10 * attempt);
    }
  }

  /** For whoever comes while nobody has kept the partitions, or with numbers of its own. */
  const makeRoom = ({ number }: NoPartition) =>
    write.transaction().execute((tx) => makeAhead(tx, { number, least: partitionLeast }));

  async function keepUp() {
    const kept = await keepPartitions(write, partitionLeast);
    return [...kept, ...(await makeMissing(configOf(url), stopping.signal))];
  }

  function untilDone<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    const done = () => void running.delete(work);
    work.then(done, done);
    return work;
  }

  return {
    read,
    search: ginIndex(lookFirst),
    rows: (query) => sql`${jsonArrayFrom(query)}::text`,
    now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    write: (work) => untilDone(writeOver(work)),
    isFull: (thrown) => codeOf(thrown) === 'disk_full',
    // Dead rows are overwritten when autovacuum has been there; a VACUUM after each erasure would read whole tables.
    scrub: async () => {},
    about: estimates(read, estimateFrom),
    tables: () => tablesOf(read),
    renumber,
    home: { isElsewhere: () => isElsewhere(read), beHere: () => untilDone(beHere(write)) },
    upkeep: () => untilDone(keepUp()),
    watch: (onChange) => changes.listen(onChange),
    watchSettings: (onChange) => changes.listenToSettings(onChange),
    watchAccess: (onChange) => changes.listenToAccess(onChange),
    passing,
    backup: async () => {
      throw new Refused('backup-elsewhere', BACKUP);
    },
    describe: async () => `${await describeServer(pools)}, ${placeOf(url)}`,
    close() {
      closing ??= (async () => {
        changes.stop();
        stopping.abort();
        await Promise.allSettled(running);
        // Readers that wait for a connection get it first: the pool serves in turn, and ends when all are back.
        await read.connection().execute(idle).catch(idle);
        await Promise.allSettled([listener.stop(), read.destroy(), write.destroy()]);
      })();
      return closing;
    },
  };
}

async function idle(): Promise<void> {}

const BACKUP =
  'The records are in PostgreSQL, whose own tools back it up without stopping Earshot: ' +
  'pg_dump --format=custom --file=earshot.dump "$EARSHOT_DATABASE_URL". To go back to it, stop Earshot and run ' +
  'pg_restore --clean --if-exists --dbname="$EARSHOT_DATABASE_URL" earshot.dump. The table "kept" may hold sign-ins of ' +
  'connectors: for a dump that leaves the house add --exclude-table-data=kept, and sign in again after going back.';

/** As a session that writes has it, not as we once asked for it. */
async function describeServer({ write }: Pools): Promise<string> {
  const asked = sql<{ version: string; durable: boolean }>`select current_setting('server_version') as version,
    current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as durable`;
  const row = (await asked.execute(write)).rows[0];
  const version = row?.version.replace(/ .*/, '');
  return `PostgreSQL ${version} (${row?.durable ? 'every commit synced' : 'not every commit synced'})`;
}
