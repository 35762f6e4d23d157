import type { Expression, ExpressionBuilder, Kysely, SqlBool, Transaction } from 'kysely';
import type { MentionId } from '../core/nouns.ts';
import type { Change } from '../core/ports.ts';
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
  /** True for a mention in which all terms occur. */
  matches(terms: readonly Term[]): (eb: ExpressionBuilder<Tables, 'mention'>) => Expression<SqlBool>;
}

/** What an engine brings; everything else in the store is written once over it. */
export interface Engine {
  /** Sees what is committed. */
  read: Db;
  search: SearchIndex;
  /**
   * All or nothing, one at a time over all processes. Whoever watches hears of what `touched` holds after the commit.
   * Wait for nothing but the database inside.
   */
  write<T>(work: (tx: Tx, touched: Touched) => Promise<T>): Promise<T>;
  /** After an erasure: drops the old copies that the engine keeps in its log, as far as nobody is reading them. */
  scrub(): Promise<void>;
  watch(onChange: (change: Change) => void): () => void;
  backup(file: string): Promise<number>;
  describe(): Promise<string>;
  close(): Promise<void>;
}

/** Collects what a transaction changes. */
export interface Touched {
  mentions: Set<MentionId>;
  sources: boolean;
}
