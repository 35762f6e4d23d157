import { sql } from 'kysely';
import type { Db, Tx } from '../engine.ts';

/** What is noted of where the records lie. Kept for the engine itself: it is not moved with them. */
export const HOME = ['create table home (one integer primary key check (one = 1), at text not null)'];

/**
 * Where the records lie, as nothing that copies them takes it along: the cluster, its timeline (a replica that takes over, or
 * a server that is set back to a point in time, begins a new one), the database (`createdb --template`), and the table, which
 * is made anew where a dump is put back. A copy of a disk or of a whole machine has all of it.
 */
const HERE = sql<string>`concat_ws(' ', (select system_identifier from pg_control_system()),
  left(pg_walfile_name(pg_current_wal_lsn()), 8),
  (select oid from pg_database where datname = current_database()), 'home'::regclass::oid)`;

/** The answers of a server that does not tell, or not us, or not while it follows another, and of one without a home. */
const UNTOLD = ['0A000', '42501', '42883', '42P01', '55000'];

/** Notes where the records lie, unless that was noted before. Call it outside a transaction: not every server tells. */
export async function noteHome(db: Db): Promise<void> {
  await told(() => sql`insert into home (one, at) values (1, ${HERE}) on conflict (one) do nothing`.execute(db));
}

/** Whether they lie elsewhere than was noted. False where the server does not tell. */
export async function isElsewhere(db: Db | Tx): Promise<boolean> {
  const asked = await told(() => sql<{ elsewhere: boolean }>`select at <> ${HERE} as elsewhere from home`.execute(db));
  return asked?.rows[0]?.elsewhere ?? false;
}

/** From now on they belong where they are. */
export async function beHere(db: Db): Promise<void> {
  await told(() =>
    sql`insert into home (one, at) values (1, ${HERE}) on conflict (one) do update set at = excluded.at`.execute(db),
  );
}

async function told<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (UNTOLD.includes(String((thrown as { code?: unknown }).code))) return undefined;
    throw thrown;
  }
}
