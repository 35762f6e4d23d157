import type { Kysely } from 'kysely';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

/** How much of what a platform allows several machines have used up together. */
export interface AllowanceTable {
  name: string;
  /** When all of it will have grown back, in microseconds of the store's clock. */
  full_at: number;
}

/** A migration: machines that ask the same platform keep to one pace. */
export async function sharedPace(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('allowance'), { name: 'text', full_at: 'bigint' })
    .addPrimaryKeyConstraint('allowance_name', ['name'])
    .execute();
}
