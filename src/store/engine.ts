import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql, type Transaction } from 'kysely';
import type { jsonArrayFrom } from 'kysely/helpers/sqlite';
import type { MentionId, State } from '../core/nouns.ts';
import type { Change, Machines, NewAuditEvent, Upkeep } from '../core/ports.ts';
import type { Tables } from './schema.ts';
import type { Term } from './search-tokens.ts';

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** What is known about a mention in the search index: its row number and the words it is found by. */
export interface Indexed {
  no: number;
  text: string;
  /** Handle and name. */
  author: string;
}

/** The search index of an engine, kept in step with the mentions inside the same transaction. */
export interface SearchIndex {
  add(tx: Tx, mentions: readonly Indexed[]): Promise<void>;
  /** Physically: the words are not to be found in the file afterwards. Needs what was added. */
  remove(tx: Tx, mentions: readonly Indexed[]): Promise<void>;
  /** The first places of a list at which all terms occur, in its order. */
  find(list: List, terms: readonly Term[], limit: number): Promise<Place[]>;
}

/** Where a mention stands in a list: what the list is sorted by, and what the next page starts after. */
export interface Place {
  no: number;
  first: number;
  second: number;
}

/** A list of mentions as queries, for an index to choose from. */
export interface List {
  db: Db | Tx;
  /** All places of the list, in no order. */
  filtered: SelectQueryBuilder<Tables, 'mention', Place>;
  /** The same in the order of the list. */
  sorted: SelectQueryBuilder<Tables, 'mention', Place>;
  /** The first places, in their order, found without sorting the whole list. */
  walk(limit: number): SelectQueryBuilder<Tables, never, Place>;
  direction: 'asc' | 'desc';
  /** Sorted by arrival, the newest first: `first` of a place is when the mention was heard. */
  newest: boolean;
  /** What the page before ended with. */
  after?: Place;
}

/** What an engine brings; everything else in the store is written once over it. */
export interface Engine {
  /** Sees what is committed. */
  read: Db;
  search: SearchIndex;
  /** The rows of a query inside another, as JSON: what belongs together is read in one call. See `rowsIn`. */
  rows<Row>(query: QueryOf<Row>): RawBuilder<Rows<Row>>;
  /** The engine's own clock at the moment a statement runs, in milliseconds. */
  now: RawBuilder<number>;
  /**
   * All or nothing. Whoever watches hears of what `touched` holds after the commit. Wait for nothing but the database
   * inside, and change nothing outside: where two processes meet, one is done again from the start.
   *
   * SQLite runs one at a time over all processes. PostgreSQL runs them beside each other: what is read to be changed is
   * read `for update`, a source before mentions, and several mentions in the order of their ids. The audit log comes last of
   * all, when `work` is done: whoever adds to it keeps everybody else waiting until the commit.
   */
  write<T>(work: (tx: Tx, touched: Touched) => Promise<T>): Promise<T>;
  /** True of what a write threw because the disk has no room left. */
  isFull(thrown: unknown): boolean;
  /** About how many mentions are in each state, where there are so many that counting them takes long. */
  about?(): Promise<ReadonlyMap<State, number> | undefined>;
  /** After an erasure: drops the old copies that the engine keeps in its log, as far as nobody is reading them. */
  scrub(): Promise<void>;
  /** The tables that hold records, as the database has them. Without what an engine keeps for itself. */
  tables(): Promise<TableShape[]>;
  /** After rows were written with their numbers: the next number is behind the last. */
  renumber(tx: Tx, tables: readonly TableShape[]): Promise<void>;
  /** See `Store.wasPutBack`; left out where nobody can tell. */
  home?: { isElsewhere(): Promise<boolean>; beHere(): Promise<void> };
  /** See `Store.upkeep`; left out where nothing is to be done. */
  upkeep?(): Promise<Upkeep[]>;
  watch(onChange: (change: Change) => void): () => void;
  watchSettings(onChange: () => void): () => void;
  watchAccess(onChange: () => void): () => void;
  /** Between the processes on this database; left out where one has it alone. */
  passing?: Pick<Machines, 'say' | 'hear'>;
  backup(file: string): Promise<number>;
  describe(): Promise<string>;
  close(): Promise<void>;
}

/**
 * At the end of a query that is asked all the time and found by a key, whatever the values: a server need plan it only once a
 * connection. Names its columns one by one, so that a column more does not change what it answers.
 */
export const PLANNED_ONCE_MARK = '/* planned once */';
export const PLANNED_ONCE = sql.raw(PLANNED_ONCE_MARK);

/** A query inside another, whose rows are known by type. */
export type QueryOf<Row> = Parameters<typeof jsonArrayFrom<Row>>[0];

/** JSON of an array of rows. */
export type Rows<Row> = string & { readonly rows?: Row };

export function rowsIn<Row>(json: Rows<Row>): Row[] {
  return JSON.parse(json) as Row[];
}

/** A table as the database's own catalogue describes it. */
export interface TableShape {
  name: string;
  columns: string[];
  /** The columns of the primary key, in their order. */
  key: string[];
  /** The column that numbers the rows by itself, where one does. */
  numbers?: string;
  /** Tables whose rows must be there first. */
  needs: string[];
}

/** Collects what a transaction changes. */
export interface Touched {
  /** For the audit log, in this order. */
  events: NewAuditEvent[];
  mentions: Set<MentionId>;
  sources: boolean;
  settings: boolean;
  /** Somebody's session or token ended, or what a person may do is another. */
  access: boolean;
}

export function nothingTouched(): Touched {
  return { events: [], mentions: new Set(), sources: false, settings: false, access: false };
}
