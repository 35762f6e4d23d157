import type { Kysely, RawBuilder } from 'kysely';

/** The few things that the engines write differently. */
export interface Dialect {
  name: string;
  /** The type of a column that numbers its rows by itself, after its name. */
  identity: 'integer' | 'serial';
  /** The type of a text column: compared and sorted by its bytes on every engine. */
  text: 'text' | RawBuilder<unknown>;
  /** The kind of index for a text of any length that is only compared. */
  equality: 'btree' | 'hash';
  /** Statements that make every UPDATE and DELETE on a table fail with the sentence given. */
  appendOnly(table: string, sentence: string): string[];
  /** Statements that make the search index. */
  searchIndex(): string[];
  /** Statements that cut it into partitions, where the engine has them. */
  searchPartitions(): string[];
  /** A statement that makes an index; where the table is large, the engine may make it later while everybody works. */
  makeIndex(name: string, table: string, columns: readonly string[]): string;
  /** Statements for what is noted of where the records lie, where the engine can tell. */
  home(): string[];
  /** Statements for what adds to the audit log, where the engine does that itself. */
  audit(): string[];
}

export interface Migration {
  name: string;
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>;
}
