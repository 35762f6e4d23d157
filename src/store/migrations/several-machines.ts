import type { Kysely } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** A migration: what processes on several machines share. What each column is for stands in `../schema.ts`. */
export async function severalMachines(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const create = (name: string) => db.schema.createTable(name);
  await withColumns(dialect, create('lease'), { name: 'text', holder: 'text', until: 'bigint' })
    .addPrimaryKeyConstraint('lease_name', ['name'])
    .execute();
  await withColumns(dialect, create('slot'), { job: 'text', at: 'bigint', holder: 'text' })
    .addPrimaryKeyConstraint('slot_key', ['job', 'at'])
    .execute();
  await withColumns(dialect, create('kept'), { scope: 'text', name: 'text', text: 'text' })
    .addPrimaryKeyConstraint('kept_key', ['scope', 'name'])
    .execute();
  await withColumns(dialect, create('settings'), { revision: 'integer', document_json: 'text', version_json: 'text' })
    .addPrimaryKeyConstraint('settings_revision', ['revision'])
    .execute();
}
