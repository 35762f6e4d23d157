import { type Kysely, sql } from 'kysely';
import type { Dialect } from './migration.ts';

/** A migration: where several may write at once, the database itself adds to the audit log, in one call. */
export async function auditAppend(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  for (const statement of dialect.audit()) await sql.raw(statement).execute(db);
}
