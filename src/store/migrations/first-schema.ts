import { type Kysely, sql } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** Migration 1. What each column is for stands in `../schema.ts`. */
export async function firstSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createMention(db, dialect);
  await createReplies(db, dialect);
  await createSources(db, dialect);
  await createAudit(db, dialect);
  await withColumns(
    dialect,
    db.schema.createTable('correction').addColumn('no', dialect.identity, (c) => c.primaryKey()),
    { mention_id: 'text', text: 'text', from_type: 'text', to_type: 'text', by: 'text', at: 'bigint' },
  ).execute();
  await db.schema.createIndex('correction_of_mention').on('correction').column('mention_id').execute();
  for (const statement of dialect.searchIndex()) await sql.raw(statement).execute(db);
}

async function createMention(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  // Short columns first, long ones last: a row that is only counted or sorted is not read to its end.
  await withColumns(
    dialect,
    db.schema.createTable('mention').addColumn('no', dialect.identity, (c) => c.primaryKey()),
    {
      id: 'text',
      connector: 'text',
      native_id: 'text',
      source: 'text',
      platform: 'text',
      state: 'text',
      version: 'integer',
      sample: 'integer',
      rank: 'integer',
      problem_type: 'text',
      lang: 'text',
      unsure: 'integer',
      scam: 'double precision',
      assignee: 'text?',
      said_at: 'bigint',
      heard_at: 'bigint',
      edited_at: 'bigint?',
      posted_at: 'bigint?',
      dismissed_at: 'bigint?',
      snoozed_until: 'bigint?',
      snoozed_from: 'text?',
      claimed_by: 'text?',
      claimed_until: 'bigint',
      draft_revision: 'integer',
      draft_fresh: 'integer',
      trouble: 'text?',
      erase_asked: 'integer',
      conversation_id: 'text?',
      parent_id: 'text?',
      url: 'text?',
      reply_ref: 'text?',
      place: 'text?',
      lang_hint: 'text?',
      permission_json: 'text',
      author_json: 'text',
      attachments_json: 'text',
      text: 'text',
      assessment_json: 'text?',
    },
  ).execute();
  const index = (name: string) => db.schema.createIndex(name).on('mention');
  await index('mention_id').unique().column('id').execute();
  // Both orders of the queue. They carry all that it filters by, so that a page is found without reading a mention.
  const filters = ['problem_type', 'source', 'lang', 'assignee', 'unsure', 'scam'];
  await index('mention_by_urgency')
    .columns(['state', 'rank', 'said_at', 'no', ...filters])
    .execute();
  await index('mention_by_arrival')
    .columns(['state', 'heard_at', 'no', 'rank', ...filters])
    .execute();
  const thread = index('mention_thread');
  const ofThread =
    dialect.equality === 'hash'
      ? thread.using('hash').column('conversation_id')
      : thread.columns(['connector', 'conversation_id']);
  await ofThread.where('conversation_id', 'is not', null).execute();
  await index('mention_snoozed').column('snoozed_until').where('snoozed_until', 'is not', null).execute();
  await index('mention_assigned').columns(['assignee', 'state']).where('assignee', 'is not', null).execute();
  await index('mention_sample').column('sample').where('sample', '=', 1).execute();
}

async function createReplies(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('draft'), {
    mention_id: 'text',
    revision: 'integer',
    text: 'text',
    lang: 'text',
    twin: 'text?',
    template_json: 'text?',
    checks_json: 'text',
    length_json: 'text',
    by: 'text',
    at: 'bigint',
  })
    .addPrimaryKeyConstraint('draft_key', ['mention_id', 'revision'])
    .execute();
  await withColumns(dialect, db.schema.createTable('approval'), {
    key: 'text',
    mention_id: 'text',
    revision: 'integer',
    text: 'text',
    approver: 'text',
    approved_at: 'bigint',
    fingerprint: 'text',
    how: 'text',
    state: 'text',
    attempts: 'integer',
    not_before: 'bigint',
    first_tried_at: 'bigint?',
    lease_until: 'bigint?',
    reason: 'text?',
  })
    .addPrimaryKeyConstraint('approval_key', ['key'])
    .execute();
  await db.schema
    .createIndex('approval_queue')
    .on('approval')
    .columns(['state', 'not_before', 'approved_at'])
    .execute();
  await db.schema.createIndex('approval_of_mention').on('approval').column('mention_id').execute();
  await withColumns(dialect, db.schema.createTable('receipt'), {
    key: 'text',
    mention_id: 'text',
    native_id: 'text?',
    url: 'text?',
    posted_at: 'bigint',
    proof: 'text',
    confirmed_by: 'text?',
  })
    .addPrimaryKeyConstraint('receipt_key', ['key'])
    .execute();
  await db.schema.createIndex('receipt_of_mention').on('receipt').column('mention_id').execute();
}

async function createSources(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('source'), {
    source: 'text',
    cursor_json: 'text?',
    state: 'text',
    message: 'text',
    last_success_at: 'bigint?',
    last_tried_at: 'bigint?',
    until: 'bigint?',
    failures_in_a_row: 'integer',
    stored: 'integer',
    skipped: 'integer',
  })
    .addPrimaryKeyConstraint('source_key', ['source'])
    .execute();
  await withColumns(dialect, db.schema.createTable('coverage'), {
    source: 'text',
    from_at: 'bigint',
    to_at: 'bigint',
    kind: 'text',
    cause: 'text?',
  })
    .addPrimaryKeyConstraint('coverage_key', ['source', 'from_at'])
    .execute();
}

async function createAudit(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('audit'), {
    seq: 'integer',
    at: 'bigint',
    actor: 'text',
    action: 'text',
    subject: 'text',
    detail_json: 'text',
    hash: 'text',
  })
    .addPrimaryKeyConstraint('audit_seq', ['seq'])
    .execute();
  await db.schema.createIndex('audit_subject').on('audit').columns(['subject', 'seq']).execute();
  for (const statement of dialect.appendOnly('audit', 'the audit log is append-only'))
    await sql.raw(statement).execute(db);
}
