import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** Each page may show posts of ours: which of them we sent is asked by the platform's id. */
export async function postsOfOurs(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const index = db.schema.createIndex('receipt_native_id').on('receipt').column('native_id');
  await (dialect.equality === 'hash' ? index.using('hash') : index).where('native_id', 'is not', null).execute();
}
