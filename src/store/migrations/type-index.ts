import { type Kysely, sql } from 'kysely';
import type { Dialect } from './migration.ts';

/** A migration: mentions of a rare problem type are found without reading all that are in their state. */
export async function typeIndex(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await sql.raw(dialect.makeIndex('mention_by_type', 'mention', ['problem_type', 'state'])).execute(db);
}
