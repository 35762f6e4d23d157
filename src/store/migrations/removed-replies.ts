import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** A migration: when we saw that a reply of ours is not there any more. */
export async function removedReplies(db: Kysely<unknown>, _dialect: Dialect): Promise<void> {
  await db.schema.alterTable('receipt').addColumn('removed_at', 'bigint').execute();
}
