import { sql } from 'kysely';
import type { Db, TableShape } from '../engine.ts';

/** All plain tables: the search index is a virtual table, and what it keeps are shadow tables. */
export async function tablesOf(db: Db): Promise<TableShape[]> {
  const tables = await sql<{ name: string }>`select name from pragma_table_list
    where schema = 'main' and type = 'table' and name not like 'sqlite!_%' escape '!' order by name`.execute(db);
  return Promise.all(
    tables.rows.map(async ({ name }) => {
      const columns = await sql<{ name: string; pk: number }>`select name, pk from pragma_table_info(${name})`.execute(
        db,
      );
      const needs = await sql<{ table: string }>`select distinct "table" from pragma_foreign_key_list(${name})`.execute(
        db,
      );
      return {
        name,
        columns: columns.rows.map((column) => column.name),
        key: columns.rows
          .filter(({ pk }) => pk > 0)
          .sort((a, b) => a.pk - b.pk)
          .map((column) => column.name),
        needs: needs.rows.map(({ table }) => table),
      };
    }),
  );
}
