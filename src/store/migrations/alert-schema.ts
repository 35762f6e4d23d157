import type { Kysely } from 'kysely';
import type { AlertKind } from '../../core/alerts.ts';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

export interface AlertTable {
  id: string;
  kind: AlertKind;
  subject: string;
  target: string;
  step: string;
  token: string;
  state: 'waiting' | 'sent' | 'given-up';
  attempts: number;
  not_before: number;
  created_at: number;
  sent_at: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  error: string | null;
}

/** A migration: the outbox of alerts. */
export async function alertSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('alert'), {
    id: 'text',
    kind: 'text',
    subject: 'text',
    target: 'text',
    step: 'text',
    token: 'text',
    state: 'text',
    attempts: 'integer',
    not_before: 'bigint',
    created_at: 'bigint',
    sent_at: 'bigint?',
    acknowledged_at: 'bigint?',
    acknowledged_by: 'text?',
    error: 'text?',
  })
    .addPrimaryKeyConstraint('alert_key', ['id'])
    .execute();
  await db.schema.createIndex('alert_due').on('alert').columns(['state', 'not_before']).execute();
  await db.schema.createIndex('alert_subject').on('alert').column('subject').execute();
  await db.schema.createIndex('alert_token').on('alert').column('token').execute();
}
