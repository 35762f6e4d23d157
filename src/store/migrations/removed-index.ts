import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** A migration: the few replies that are not there any more are found without reading all. */
export async function removedIndex(db: Kysely<unknown>, _dialect: Dialect): Promise<void> {
  await db.schema
    .createIndex('receipt_removed')
    .on('receipt')
    .columns(['mention_id', 'removed_at'])
    .where('removed_at', 'is not', null)
    .execute();
}
