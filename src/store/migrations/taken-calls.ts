import type { Kysely } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** Calls that a source has taken, so that none counts twice, on whichever machine it comes again. */
export interface TakenCallTable {
  source: string;
  id: string;
  digest: string | null;
  until: number;
}

/** A migration: what senders may send twice. */
export async function takenCalls(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('taken_call'), {
    source: 'text',
    id: 'text',
    digest: 'text?',
    until: 'bigint',
  })
    .addPrimaryKeyConstraint('taken_call_key', ['source', 'id'])
    .execute();
  await db.schema.createIndex('taken_call_until').on('taken_call').columns(['source', 'until']).execute();
}
