import type { Kysely } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** What colleagues write to each other about a mention. In a table of its own, which no reply is made from. */
export interface NoteTable {
  id: string;
  mention_id: string;
  by: string;
  person_id: string | null;
  text: string;
  at: number;
  edited_at: number | null;
  removed_at: number | null;
}

export interface SavedViewTable {
  id: string;
  name: string;
  /** Its name as it is compared, and whose names it must differ from: `team`, or a person's id. */
  folded: string;
  scope: string;
  person_id: string;
  by: string;
  at: number;
  query_json: string;
}

export interface StartViewTable {
  person_id: string;
  view: string;
}

/** A migration: notes, and views that people saved. */
export async function triageSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('note'), {
    id: 'text',
    mention_id: 'text',
    by: 'text',
    person_id: 'text?',
    text: 'text',
    at: 'bigint',
    edited_at: 'bigint?',
    removed_at: 'bigint?',
  })
    .addPrimaryKeyConstraint('note_id', ['id'])
    .execute();
  await db.schema.createIndex('note_of_mention').on('note').columns(['mention_id', 'at']).execute();
  await db.schema
    .createIndex('note_removed')
    .on('note')
    .column('removed_at')
    .where('removed_at', 'is not', null)
    .execute();
  await withColumns(dialect, db.schema.createTable('saved_view'), {
    id: 'text',
    name: 'text',
    folded: 'text',
    scope: 'text',
    person_id: 'text',
    by: 'text',
    at: 'bigint',
    query_json: 'text',
  })
    .addPrimaryKeyConstraint('saved_view_id', ['id'])
    .execute();
  await db.schema.createIndex('saved_view_name').unique().on('saved_view').columns(['scope', 'folded']).execute();
  await withColumns(dialect, db.schema.createTable('start_view'), { person_id: 'text', view: 'text' })
    .addPrimaryKeyConstraint('start_view_person', ['person_id'])
    .execute();
}
