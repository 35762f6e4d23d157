import { type Kysely, sql } from 'kysely';
import { Refused } from '../../core/failures.ts';
import type { Tables } from '../schema.ts';
import { accessSchema } from './access-schema.ts';
import { aftercareSchema } from './aftercare-schema.ts';
import { alertSchema } from './alert-schema.ts';
import { auditAppend } from './audit-append.ts';
import { authorColumns } from './author-columns.ts';
import { correctionsBack } from './corrections-back.ts';
import { deviceSchema } from './device-schema.ts';
import { discordAccounts } from './discord-accounts.ts';
import { feedbackColumns } from './feedback-columns.ts';
import { firstSchema } from './first-schema.ts';
import { home } from './home.ts';
import { incidentSchema } from './incident-schema.ts';
import type { Dialect, Migration } from './migration.ts';
import { modelSchema } from './model-schema.ts';
import { postsOfOurs } from './posts-of-ours.ts';
import { removedIndex } from './removed-index.ts';
import { removedReplies } from './removed-replies.ts';
import { reportIndexes } from './report-indexes.ts';
import { searchPartitions } from './search-partitions.ts';
import { severalMachines } from './several-machines.ts';
import { sharedPace } from './shared-pace.ts';
import { suspectSchema } from './suspect-schema.ts';
import { takenCalls } from './taken-calls.ts';
import { triageSchema } from './triage-schema.ts';
import { twoPeople } from './two-people.ts';
import { typeIndex } from './type-index.ts';

/** The one history. A database holds the number of the last step it took; steps are added, never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { name: 'first schema', up: firstSchema },
  { name: 'corrections can be taken back', up: correctionsBack },
  { name: 'several machines', up: severalMachines },
  { name: 'incidents', up: incidentSchema },
  { name: 'two people for one reply', up: twoPeople },
  { name: 'people, sessions and keys', up: accessSchema },
  { name: 'authors can be found', up: authorColumns },
  { name: 'what authors say of answers', up: feedbackColumns },
  { name: 'alerts', up: alertSchema },
  { name: 'suspects', up: suspectSchema },
  { name: 'indexes for reports', up: reportIndexes },
  { name: 'aftercare', up: aftercareSchema },
  { name: 'removed replies', up: removedReplies },
  { name: 'notes and saved views', up: triageSchema },
  { name: 'calls that were taken', up: takenCalls },
  { name: 'posts of ours by their id', up: postsOfOurs },
  { name: 'one pace for several machines', up: sharedPace },
  { name: 'accounts on Discord', up: discordAccounts },
  { name: 'models for all machines', up: modelSchema },
  { name: 'removed replies are found', up: removedIndex },
  { name: 'devices that are told', up: deviceSchema },
  { name: 'search in partitions', up: searchPartitions },
  { name: 'where the records lie', up: home },
  { name: 'mentions by their type', up: typeIndex },
  { name: 'adding to the audit log', up: auditAppend },
];

/**
 * Brings a database to the newest schema. Call it inside a transaction that locks the database.
 *
 * @throws Refused `newer-database` when a newer version of the program wrote it.
 */
export async function migrate(
  db: Kysely<Tables>,
  dialect: Dialect,
  now: number,
  steps: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('version', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  const { version } = await db
    .selectFrom('migration')
    .select((e) => sql<number>`coalesce(${e.fn.max('version')}, 0)`.as('version'))
    .executeTakeFirstOrThrow();
  if (version > steps.length) {
    throw new Refused(
      'newer-database',
      `This database was written by a newer version of Earshot (its schema is number ${version}, this version knows ` +
        `${steps.length}). Start the newer version, or restore a backup made before it was installed.`,
    );
  }
  // A step knows the tables as they were at its time, not as they are now.
  const untyped = db as unknown as Kysely<unknown>;
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    await step.up(untyped, dialect);
    await db
      .insertInto('migration')
      .values({ version: index + 1, name: step.name, at: now })
      .execute();
  }
}
