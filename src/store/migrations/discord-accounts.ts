import type { Kysely } from 'kysely';
import type { Dialect } from './migration.ts';

/** A migration: who a person is on Discord. */
export async function discordAccounts(db: Kysely<unknown>, { text }: Dialect): Promise<void> {
  await db.schema.alterTable('person').addColumn('discord', text).execute();
}
