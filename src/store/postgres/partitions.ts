import { sql } from 'kysely';
import type { Db, Tx } from '../engine.ts';
import { codeOf } from './failures.ts';
import { LEXEMES, SEARCH_COLUMNS } from './search-columns.ts';

/**
 * The search index lies in partitions by the number of the mention: numbers are given in the order of arrival, so a
 * partition holds what came in some time, about a month. By number and not by date, because everything else knows a mention
 * by its number, no clock of a machine decides where a row lies, and an import of old posts belongs to the day it came.
 */
export interface Partition {
  name: string;
  /** Its first number; undefined in the oldest, which holds everything below `past`. */
  from: number | undefined;
  /** The number after its last. */
  past: number;
  /** None of its mentions was heard before or after, in milliseconds; null while nobody has looked, see `upkeep.ts`. */
  heardFrom: number | null;
  heardUntil: number | null;
}

/**
 * What there is becomes the oldest partition as it stands: no row is written, the indexes stay, and the table is read once to
 * see that the bound holds. All of it in the transaction of the migration, so that half of it is never there.
 *
 * The key to `mention` is given up: with it, a new partition would have to lock the mentions. Rows without a mention are
 * found by nobody, since every search joins the mentions. Each partition has a primary key of its own: one of the whole would
 * make `pg_restore --clean` complain of each.
 */
export const SEARCH_PARTITIONS = [
  // In the order in which writers lock them, so that none of them and the migration wait for each other.
  'lock table mention, mention_search in access exclusive mode',
  'alter table mention_search drop constraint mention_search_no_fkey',
  'alter table mention_search rename to mention_search_0',
  'alter index mention_search_pkey rename to mention_search_0_pkey',
  'alter index mention_search_words rename to mention_search_0_words',
  `create table mention_search (no integer not null, ${SEARCH_COLUMNS}) partition by range (no)`,
  `create index mention_search_words on mention_search using gin ((${LEXEMES}))`,
  'create table search_partition (name text primary key, heard_from bigint, heard_until bigint not null)',
  `do $$ begin execute format('alter table mention_search attach partition mention_search_0 for values from (minvalue) to (%s)',
    (select greatest(last_value + is_called::integer, (select coalesce(max(no), 0) + 1 from mention)) from mention_no_seq)); end $$`,
];

/** No partition was made for numbers as high as `number`. Nothing can be added before there is one. */
export class NoPartition extends Error {
  readonly number: number;

  constructor(number: number) {
    super(`The search index has no partition for mention number ${number}.`);
    this.number = number;
  }
}

/** A violated check, with no check of a name. */
export function hasNoPartition(thrown: unknown): boolean {
  const { table, constraint } = thrown as { table?: unknown; constraint?: unknown };
  return codeOf(thrown) === 'check_violation' && table === 'mention_search' && constraint === undefined;
}

/** Any number, the same in every process: who makes or drops partitions holds it. */
const PARTITIONING = 4_600_047;
/** So many numbers a partition holds at least: less would be many tables for few rows. */
export const LEAST_NUMBERS = 100_000;
const MOST_NUMBERS = 5_000_000;
/** And at least this part of all that was ever heard, so that years of them are some dozens. */
const SHARE = 24;
const LARGEST_NUMBER = 2_147_483_647;

/** The oldest first. */
export async function partitionsOf(db: Db | Tx): Promise<Partition[]> {
  const { rows } = await sql<Omit<Partition, 'from' | 'past'> & { bounds: string }>`
    select c.relname::text as name, pg_get_expr(c.relpartbound, c.oid) as bounds,
      p.heard_from as "heardFrom", p.heard_until as "heardUntil"
    from pg_inherits i join pg_class c on c.oid = i.inhrelid left join search_partition p on p.name = c.relname::text
    where i.inhparent = 'mention_search'::regclass`.execute(db);
  const partitions = rows.map(({ bounds, ...row }) => {
    const [from, past] = bounds.match(/(?<=\()\w+(?=\))/g) ?? [];
    return { ...row, from: from === 'MINVALUE' ? undefined : Number(from), past: Number(past) };
  });
  return partitions.sort((a, b) => a.past - b.past);
}

async function isPartitioned(db: Db | Tx): Promise<boolean> {
  const asked = sql<{ yes: boolean }>`select relkind = 'p' as yes from pg_class where oid = 'mention_search'::regclass`;
  return (await asked.execute(db)).rows[0]?.yes === true;
}

/** The number that was given last. */
export async function lastNumber(db: Db | Tx): Promise<number> {
  const asked = sql<{ no: number }>`select last_value - (not is_called)::integer as no from mention_no_seq`;
  return (await asked.execute(db)).rows[0]?.no ?? 0;
}

/** One process at a time, until the transaction ends. */
export const alone = (tx: Tx) => sql`select pg_advisory_xact_lock(${PARTITIONING})`.execute(tx);

/**
 * Makes partitions until there is room for as much as one holds, behind the number given last and behind `number`. Readers
 * and writers go on meanwhile. Returns the names of those that were made.
 */
export async function makeAhead(tx: Tx, { number = 0, least = LEAST_NUMBERS } = {}): Promise<string[]> {
  await alone(tx);
  // A database that was opened with the steps of an older version, as tests do.
  if (!(await isPartitioned(tx))) return [];
  const used = Math.max(await lastNumber(tx), number);
  let top = (await partitionsOf(tx)).at(-1)?.past as number;
  const size = await sizeNow(tx, used, least);
  const made: string[] = [];
  while (top - used <= size && top < LARGEST_NUMBER) {
    const past: number = Math.min(top + size, LARGEST_NUMBER);
    made.push(await makePartition(tx, top, past));
    top = past;
  }
  return made;
}

/** How many numbers the next partition should hold: as many as were given in the last 30 days. */
async function sizeNow(tx: Tx, used: number, least: number): Promise<number> {
  const asked = sql<{ no: number }>`select no from mention
    where heard_at >= (extract(epoch from now() - interval '30 days') * 1000)::bigint order by heard_at limit 1`;
  const since = (await asked.execute(tx)).rows[0]?.no;
  const ofMonth = since === undefined ? 0 : used - since + 1;
  return Math.min(MOST_NUMBERS, Math.max(least, ofMonth, Math.ceil(used / SHARE)));
}

async function makePartition(tx: Tx, from: number, past: number): Promise<string> {
  const name = `mention_search_${from}`;
  // Made beside and attached: `create table … partition of` would make all readers wait.
  await sql`create table ${sql.table(name)} (like mention_search)`.execute(tx);
  await attach(tx, { name, from, past });
  return name;
}

/** The index of words comes with it. */
export async function attach(tx: Tx, { name, from, past }: Pick<Partition, 'name' | 'from' | 'past'>): Promise<void> {
  await sql`alter table ${sql.table(name)} add primary key (no)`.execute(tx);
  const first = from === undefined ? sql`minvalue` : sql.lit(from);
  await sql`alter table mention_search attach partition ${sql.table(name)}
    for values from (${first}) to (${sql.lit(past)})`.execute(tx);
}
