import type { Kysely } from 'kysely';
import type { Dialect } from './migrations.ts';
import type { Tables } from './schema.ts';

/** A migration: who a person is on Discord. */
export async function discordAccounts(db: Kysely<Tables>, { text }: Dialect): Promise<void> {
  await db.schema.alterTable('person').addColumn('discord', text).execute();
}
