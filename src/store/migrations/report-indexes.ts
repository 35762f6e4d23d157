import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** What happened when, for reports: they carry all that is counted by, so that no mention is read. */
export async function reportIndexes(db: Kysely<unknown>, _dialect: Dialect): Promise<void> {
  const by = ['problem_type', 'source', 'lang'] as const;
  await db.schema
    .createIndex('mention_heard')
    .on('mention')
    .columns(['heard_at', ...by])
    .execute();
  for (const column of ['posted_at', 'dismissed_at', 'solved_at', 'unsolved_at'] as const) {
    await db.schema
      .createIndex(`mention_${column}`)
      .on('mention')
      .columns([column, ...by])
      .where(column, 'is not', null)
      .execute();
  }
  await db.schema.createIndex('receipt_by_time').on('receipt').columns(['posted_at', 'mention_id']).execute();
  await db.schema.createIndex('approval_by_time').on('approval').column('approved_at').execute();
}
