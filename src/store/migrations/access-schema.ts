import type { Kysely } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** A migration: who may come in. What each column is for stands in `core/access.ts`. */
export async function accessSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const create = (name: string) => db.schema.createTable(name);
  await withColumns(dialect, create('person'), {
    id: 'text',
    name: 'text',
    folded: 'text',
    role: 'text',
    password: 'text?',
    issuer: 'text?',
    subject: 'text?',
    disabled: 'integer',
    since: 'bigint',
    seen_at: 'bigint?',
  })
    .addPrimaryKeyConstraint('person_id', ['id'])
    .execute();
  await db.schema.createIndex('person_name').unique().on('person').column('folded').execute();
  await db.schema.createIndex('person_login').unique().on('person').columns(['issuer', 'subject']).execute();
  await withColumns(dialect, create('session'), {
    hash: 'text',
    id: 'text',
    person_id: 'text',
    at: 'bigint',
    used_at: 'bigint',
    until: 'bigint',
    agent: 'text',
  })
    .addPrimaryKeyConstraint('session_hash', ['hash'])
    .execute();
  await db.schema.createIndex('session_of_person').on('session').column('person_id').execute();
  await withColumns(dialect, create('invitation'), {
    hash: 'text',
    id: 'text',
    name: 'text',
    role: 'text',
    by: 'text',
    until: 'bigint',
  })
    .addPrimaryKeyConstraint('invitation_hash', ['hash'])
    .execute();
  await withColumns(dialect, create('token'), {
    hash: 'text',
    id: 'text',
    person_id: 'text',
    name: 'text',
    scopes_json: 'text',
    at: 'bigint',
    used_at: 'bigint?',
    until: 'bigint?',
  })
    .addPrimaryKeyConstraint('token_hash', ['hash'])
    .execute();
  await withColumns(dialect, create('tries'), { subject: 'text', failures: 'integer', until: 'bigint' })
    .addPrimaryKeyConstraint('tries_subject', ['subject'])
    .execute();
}
