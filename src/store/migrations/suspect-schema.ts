import { type Kysely, sql } from 'kysely';
import { LIKELY_SCAM } from '../../core/nouns.ts';
import type { SuspectState } from '../../core/suspects.ts';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** What people said of accounts. Holds no name and no word of anybody: those are in the posts, and go with them. */
export interface SuspectTable {
  connector: string;
  author_id: string;
  state: Exclude<SuspectState, 'suspected'>;
  by: string;
  at: number;
}

/** A migration: scammers that people confirmed are known again. */
export async function suspectSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('suspect'), {
    connector: 'text',
    author_id: 'text',
    state: 'text',
    by: 'text',
    at: 'bigint',
  })
    .addPrimaryKeyConstraint('suspect_key', ['connector', 'author_id'])
    .execute();
  await db.schema
    .alterTable('mention')
    .addColumn('scammer', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('mention_likely_scam')
    .on('mention')
    .columns(['connector', 'author_id'])
    .where(sql<boolean>`scam >= ${sql.lit(LIKELY_SCAM)}`)
    .execute();
  await db.schema
    .createIndex('mention_of_scammer')
    .on('mention')
    .column('state')
    .where(sql<boolean>`scammer = 1`)
    .execute();
}
