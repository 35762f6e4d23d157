import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Upkeep } from '../../core/ports.ts';
import type { Db, Tx } from '../engine.ts';
import { codeOf } from './failures.ts';
import { alone, attach, lastNumber, makeAhead, type Partition, partitionsOf } from './partitions.ts';

/** A partition with so few of its rows left has been emptied: they move to what is left of its neighbours, and it goes. */
const FEW_ROWS = 5_000;
const FEW_OF_ITS_NUMBERS = 1 / 20;
/** A single one with few rows is made anew when it is larger than such a one grows by itself. */
const WORTH_BYTES = 32_000_000;
/** So long people may wait for a lock that somebody else waits for. */
const LOCK_MS = 250;
const ATTEMPTS = 5;
const PAUSE_MS = 500;
/** How long it is waited for those who write at the moment. */
const WRITERS_MS = 5_000;

/** Makes room for what comes, drops what was emptied, notes when the rest was heard. Any machine may do it, at any time. */
export async function keepPartitions(db: Db, least?: number): Promise<Upkeep[]> {
  const made = await db.transaction().execute((tx) => makeAhead(tx, { ...(least !== undefined && { least }) }));
  const done: Upkeep[] = made.map((name) => ({ did: 'the search index has a new partition', about: { name } }));
  done.push(...(await dropEmptied(db)), ...(await noteWhenHeard(db)));
  return done;
}

/** Closed ones: every number below their end was given. */
async function closed(db: Db | Tx): Promise<Partition[]> {
  const [used, partitions] = [await lastNumber(db), await partitionsOf(db)];
  return partitions.filter(({ past }) => past <= used);
}

interface Emptied {
  partitions: Partition[];
  rows: number;
  bytes: number;
}

/** Neighbours that have few rows together, where it is worth to make one of them. */
async function emptied(tx: Tx): Promise<Emptied[]> {
  const groups: Emptied[] = [];
  let open: Emptied | undefined;
  for (const partition of await closed(tx)) {
    const { rows, bytes } = await sizeOf(tx, partition);
    if (rows > FEW_ROWS || rows > FEW_OF_ITS_NUMBERS * (partition.past - (partition.from ?? 0))) open = undefined;
    else if (open && open.rows + rows <= FEW_ROWS) {
      open.partitions.push(partition);
      open.rows += rows;
      open.bytes += bytes;
    } else {
      open = { partitions: [partition], rows, bytes };
      groups.push(open);
    }
  }
  return groups.filter(({ partitions, bytes }) => partitions.length > 1 || bytes > WORTH_BYTES);
}

/** Rows are counted to one more than few. */
async function sizeOf(tx: Tx, { name }: Partition): Promise<{ rows: number; bytes: number }> {
  const asked = sql<{ rows: number; bytes: number }>`select
    (select count(*) from (select from ${sql.table(name)} limit ${FEW_ROWS + 1}) as counted) as rows,
    pg_total_relation_size(to_regclass(${name})) as bytes`;
  return (await asked.execute(tx)).rows[0] ?? { rows: 0, bytes: 0 };
}

/** Gives up, until the next time, when somebody has been reading or dumping the index all the while. */
async function dropEmptied(db: Db): Promise<Upkeep[]> {
  const done: Upkeep[] = [];
  for (let attempt = 1; ; ) {
    try {
      const dropped = await db.transaction().execute(mergeEmptied);
      if (dropped === undefined) return done;
      done.push(dropped);
    } catch (thrown) {
      if (codeOf(thrown) !== 'lock_not_available') throw thrown;
      if (attempt === ATTEMPTS)
        return [...done, { did: 'the search index is in use; what is empty there stays for now', about: {} }];
      attempt += 1;
      await wait(PAUSE_MS);
    }
  }
}

/** All or nothing: a process that dies in the middle has done nothing. The numbers stay covered by one small partition. */
async function mergeEmptied(tx: Tx): Promise<Upkeep | undefined> {
  await sql`set local lock_timeout = ${sql.lit(LOCK_MS)}`.execute(tx);
  await alone(tx);
  const [group] = await emptied(tx);
  if (group === undefined) return undefined;
  const { partitions, bytes } = group;
  const merged = { from: partitions[0]?.from, past: partitions.at(-1)?.past as number };
  const name = `mention_search_${merged.from ?? 0}`;

  await sql`lock table only mention_search in access exclusive mode`.execute(tx);
  await sql`create table mention_search_left (like mention_search)`.execute(tx);
  for (const partition of partitions) {
    const old = sql.table(partition.name);
    await sql`alter table mention_search detach partition ${old}`.execute(tx);
    await sql`insert into mention_search_left select * from ${old}`.execute(tx);
    await sql`drop table ${old}`.execute(tx);
    await sql`delete from search_partition where name = ${partition.name}`.execute(tx);
  }
  await sql`alter table mention_search_left rename to ${sql.table(name)}`.execute(tx);
  await attach(tx, { name, ...merged });
  await noteHeard(tx, name, partitions);
  return {
    did: 'emptied partitions of the search index are dropped',
    about: {
      partitions: partitions.map((partition) => partition.name).join(', '),
      mentionsMoved: group.rows,
      megabytesFreed: Math.round(bytes / 1e6),
    },
  };
}

/** Of a partition that is made of others: as far as it is known of all of them. */
async function noteHeard(tx: Tx, name: string, group: readonly Partition[]): Promise<void> {
  const known = <T>(values: (T | null)[]) => (values.includes(null) ? undefined : (values as T[]));
  const [first, last] = [
    known(group.map(({ heardFrom }) => heardFrom)),
    known(group.map(({ heardUntil }) => heardUntil)),
  ];
  if (last === undefined) return;
  await sql`insert into search_partition (name, heard_from, heard_until)
    values (${name}, ${first === undefined ? null : Math.min(...first)}, ${Math.max(...last)})`.execute(tx);
}

/** Final, once nobody who was given one of the numbers is still writing. When a mention was heard is never changed. */
async function noteWhenHeard(db: Db): Promise<Upkeep[]> {
  const unknown = (await closed(db)).filter(({ heardUntil }) => heardUntil === null);
  if (unknown.length === 0 || !(await writersAreDone(db))) return [];
  try {
    for (const partition of unknown) await noteOf(db, partition);
    return [];
  } catch (thrown) {
    if (codeOf(thrown) !== 'query_canceled') throw thrown;
    return [
      { did: 'to read when mentions were heard takes too long; searches look further back than they need', about: {} },
    ];
  }
}

async function noteOf(db: Db, { name, from, past }: Partition): Promise<void> {
  // The oldest may be very large, and was the newest a moment ago: the end of the index by arrival tells. Of the others the
  // rows are read; `+ 0` keeps the planner from walking that index for them.
  const asked =
    from === undefined
      ? sql<Heard>`select null::bigint as first, max(heard_at) as last from mention where no < ${past}`
      : sql<Heard>`select min(heard_at + 0) as first, max(heard_at + 0) as last from mention where no >= ${from} and no < ${past}`;
  const { first, last } = (await asked.execute(db)).rows[0] as Heard;
  await db.transaction().execute(async (tx) => {
    await alone(tx);
    const still = (await partitionsOf(tx)).some((now) => now.name === name && now.from === from && now.past === past);
    if (!still) return;
    await sql`insert into search_partition (name, heard_from, heard_until) values (${name}, ${first}, ${last ?? 0})
      on conflict (name) do nothing`.execute(tx);
  });
}

interface Heard {
  first: number | null;
  last: number | null;
}

/** Whether all who write mentions at this moment have ended, waiting for them and nobody waiting for us. */
async function writersAreDone(db: Db): Promise<boolean> {
  const writers = async () => {
    const { rows } = await sql<{ id: string }>`select virtualtransaction as id from pg_locks
      where relation = 'mention'::regclass and mode = 'RowExclusiveLock'
        and database = (select oid from pg_database where datname = current_database())`.execute(db);
    return rows.map(({ id }) => id);
  };
  let left = await writers();
  for (let waited = 0; left.length > 0 && waited < WRITERS_MS; waited += 50) {
    await wait(50);
    const now = new Set(await writers());
    left = left.filter((id) => now.has(id));
  }
  return left.length === 0;
}
