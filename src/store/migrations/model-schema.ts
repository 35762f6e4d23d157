import type { Kysely } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** Models that were promoted, and which of them is in use, where several machines sort. */
export interface ModelTable {
  name: string;
  text: string;
}

/** A migration: a promoted model reaches every machine. */
export async function modelSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('model'), { name: 'text', text: 'text' })
    .addPrimaryKeyConstraint('model_name', ['name'])
    .execute();
}
