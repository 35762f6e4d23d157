import { type Kysely, sql } from 'kysely';
import type { Dialect } from './migration.ts';

/** A migration: a database that may be copied by tools of its own knows where its records lie. */
export async function home(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  for (const statement of dialect.home()) await sql.raw(statement).execute(db);
}
