import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, TableShape, Tx } from '../engine.ts';

export type Row = Record<string, string | number | null>;

/** The value of the key of a row, to go on after it. */
export type Key = (string | number)[];

/** Databases take some 32,000 values in one statement. */
export const rowsAtOnce = ({ columns }: TableShape) => Math.max(1, Math.min(500, Math.floor(30_000 / columns.length)));

/** Rows in the order of their key, which is the same in every engine, after a given one. */
export async function readAfter(db: Db | Tx, table: TableShape, after: Key | undefined): Promise<Row[]> {
  const columns = sql.join(table.columns.map((name) => sql.ref(name)));
  const key = sql.join(table.key.map((name) => sql.ref(name)));
  const start = after === undefined ? sql`` : sql`where (${key}) > (${sql.join(after)})`;
  const { rows } = await sql<Row>`select ${columns} from ${sql.table(table.name)} ${start}
    order by ${key} limit ${sql.lit(rowsAtOnce(table))}`.execute(db);
  return rows;
}

export async function insertRows(tx: Tx, { name, columns }: TableShape, rows: readonly Row[]): Promise<void> {
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
  await sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(tx);
}

export const keyOf = ({ key }: TableShape, row: Row): Key => key.map((column) => row[column] as string | number);

export async function countRows(db: Db, { name }: TableShape): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

export interface Digest {
  rows: number;
  /** SHA-256 over all rows in the order of their key, hex. */
  hash: string;
}

/** Reads a whole table. @param columns in this order, whichever the database has */
export async function digestOf(
  db: Db,
  table: TableShape,
  columns: readonly string[],
  onRows: (count: number) => void,
): Promise<Digest> {
  const hash = createHash('sha256');
  let rows = 0;
  for (let after: Key | undefined; ; ) {
    const page = await readAfter(db, table, after);
    for (const row of page) hash.update(`${JSON.stringify(columns.map((column) => row[column] ?? null))}\n`);
    rows += page.length;
    onRows(page.length);
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce(table)) return { rows, hash: hash.digest('hex') };
    after = keyOf(table, last);
  }
}
