import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** A correction keeps the assessment it replaced, so that it can be taken back. */
export async function correctionsBack(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema.alterTable('correction').addColumn('before_json', dialect.text).execute();
}
