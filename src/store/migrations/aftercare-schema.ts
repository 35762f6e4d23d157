import type { Kysely } from 'kysely';
import type { FollowUpKind } from '../../core/aftercare.ts';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** Messages below our answers that were looked at, so that each is news once. */
export interface FollowUpTable {
  mention_id: string;
  by_mention: string;
  kind: FollowUpKind;
  at: number;
}

/** A migration: what happens below our answers. */
export async function aftercareSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('follow_up'), {
    mention_id: 'text',
    by_mention: 'text',
    kind: 'text',
    at: 'bigint',
  })
    .addPrimaryKeyConstraint('follow_up_key', ['mention_id', 'by_mention'])
    .execute();
  await db.schema.alterTable('mention').addColumn('came_back_at', 'bigint').execute();
  await db.schema
    .createIndex('mention_answered_in')
    .on('mention')
    .columns(['connector', 'posted_at'])
    .where('posted_at', 'is not', null)
    .execute();
  await db.schema
    .createIndex('mention_came_back_at')
    .on('mention')
    .columns(['came_back_at', 'problem_type', 'source', 'lang'])
    .where('came_back_at', 'is not', null)
    .execute();
}
