import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** Migration 2: two people for one reply, a hold for whoever writes, and which posts of ours were seen. */
export async function twoPeople(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const mention = () => db.schema.alterTable('mention');
  await mention().addColumn('first_approval_json', dialect.text).execute();
  await mention().addColumn('held_by', dialect.text).execute();
  await mention()
    .addColumn('held_until', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('approval').addColumn('first_approver', dialect.text).execute();
  await db.schema
    .createTable('own_post')
    .addColumn('connector', dialect.text, (c) => c.notNull())
    .addColumn('native_id', dialect.text, (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('own_post_key', ['connector', 'native_id'])
    .execute();
}
