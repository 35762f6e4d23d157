import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Refused } from '../../core/failures.ts';
import type { Engine, TableShape, Tx } from '../engine.ts';
import type { Key } from './rows.ts';

/** How far a move has come, in the new store itself: written in the same transactions as what it counts. */
const TABLE = sql.table('move_progress');

/** What a store is known by: the moment its first tables were made. */
export async function identityOf(engine: Engine): Promise<string> {
  const steps = await engine.read.selectFrom('migration').select(['name', 'at']).orderBy('version').execute();
  return createHash('sha256').update(JSON.stringify(steps)).digest('hex');
}

export async function isUnderWay(to: Engine): Promise<boolean> {
  return (await to.tables()).some(({ name }) => name === 'move_progress');
}

/**
 * Begins a move into an empty store, or goes on with one from the same store.
 *
 * @throws Refused `target-not-empty`, `other-move`
 */
export async function beginOrGoOn(to: Engine, identity: string, tables: readonly TableShape[]): Promise<boolean> {
  if (await isUnderWay(to)) {
    const { rows } = await sql<{ key: string }>`select key from ${TABLE} where name = ''`.execute(to.read);
    if (rows[0]?.key === identity) return true;
    throw new Refused(
      'other-move',
      'The new store holds a move from another store that was not finished. Take an empty one.',
    );
  }
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(to.read);
    if (rows.length === 0) continue;
    throw new Refused(
      'target-not-empty',
      `The new store is not empty (there are rows in "${name}"), and nothing in it is written over. Take an empty one.`,
    );
  }
  await to.write(async (tx) => {
    await sql`create table ${TABLE} (name varchar(200) primary key, key text not null, rows integer not null)`.execute(
      tx,
    );
    await sql`insert into ${TABLE} (name, key, rows) values ('', ${identity}, 0)`.execute(tx);
  });
  return false;
}

export async function progressOf(to: Engine, table: TableShape): Promise<{ after: Key | undefined; rows: number }> {
  const found = sql<{ key: string; rows: number }>`select key, rows from ${TABLE} where name = ${table.name}`;
  const row = (await found.execute(to.read)).rows[0];
  return { after: row && (JSON.parse(row.key) as Key), rows: row?.rows ?? 0 };
}

export async function noteProgress(tx: Tx, table: TableShape, key: Key, rows: number): Promise<void> {
  await sql`insert into ${TABLE} (name, key, rows) values (${table.name}, ${JSON.stringify(key)}, ${rows})
    on conflict (name) do update set key = excluded.key, rows = excluded.rows`.execute(tx);
}

export async function endMove(tx: Tx): Promise<void> {
  await sql`drop table ${TABLE}`.execute(tx);
}
