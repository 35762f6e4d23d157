import type { Kysely } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** A migration. What each column is for stands in `../schema.ts`. */
export async function incidentSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('incident'), {
    id: 'text',
    version: 'integer',
    state: 'text',
    sample: 'integer',
    opened_at: 'bigint',
    body_json: 'text',
  })
    .addPrimaryKeyConstraint('incident_key', ['id'])
    .execute();
  await db.schema.createIndex('incident_open').on('incident').columns(['state', 'opened_at']).execute();
  await withColumns(dialect, db.schema.createTable('incident_mention'), {
    incident_id: 'text',
    mention_id: 'text',
    joined_at: 'bigint',
    joined_by: 'text',
    gone: 'integer',
  })
    .addPrimaryKeyConstraint('incident_mention_key', ['incident_id', 'mention_id'])
    .execute();
  await db.schema.createIndex('incident_of_mention').on('incident_mention').column('mention_id').execute();
  await withColumns(dialect, db.schema.createTable('incident_reply'), {
    key: 'text',
    incident_id: 'text',
    mention_id: 'text',
    kind: 'text',
  })
    .addPrimaryKeyConstraint('incident_reply_key', ['key'])
    .execute();
  await db.schema.createIndex('incident_replies').on('incident_reply').column('incident_id').execute();
  // The watch over incidents looks at the last hours by when they were said.
  await db.schema.createIndex('mention_said').on('mention').columns(['said_at', 'problem_type', 'sample']).execute();
}
