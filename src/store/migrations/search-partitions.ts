import { type Kysely, sql } from 'kysely';
import type { Dialect } from './migration.ts';

/** A migration: where the search index grows large, it lies in partitions by the order of arrival. */
export async function searchPartitions(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  for (const statement of dialect.searchPartitions()) await sql.raw(statement).execute(db);
}
