import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** When the author said that the answer solved it, or did not. At most one of them is set: the last word counts. */
export async function feedbackColumns(db: Kysely<unknown>, _dialect: Dialect): Promise<void> {
  for (const column of ['solved_at', 'unsolved_at'] as const) {
    await db.schema.alterTable('mention').addColumn(column, 'bigint').execute();
  }
}
