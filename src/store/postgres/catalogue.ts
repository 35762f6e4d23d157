import { sql } from 'kysely';
import type { Db, TableShape, Tx } from '../engine.ts';

interface Row {
  name: string;
  columns: string[];
  key: string[] | null;
  numbers: string | null;
  needs: string[] | null;
}

/** All tables of the schema but the search index, which is made of the mentions, and what is noted of this place. */
export async function tablesOf(db: Db): Promise<TableShape[]> {
  const { rows } = await sql<Row>`
    select c.relname::text as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) from pg_index i
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key,
      (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null limit 1) as numbers,
      (select array_agg(distinct f.confrelid::regclass::text) from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f') as needs
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('mention_search', 'search_partition', 'home')
    order by c.relname collate "C"`.execute(db);
  return rows.map(({ name, columns, key, numbers, needs }) => ({
    name,
    columns,
    key: key ?? [],
    needs: needs ?? [],
    ...(numbers !== null && { numbers }),
  }));
}

export async function renumber(tx: Tx, tables: readonly TableShape[]): Promise<void> {
  for (const { name, numbers } of tables) {
    if (numbers === undefined) continue;
    await sql`select setval(pg_get_serial_sequence(${name}, ${numbers}),
      greatest((select coalesce(max(${sql.ref(numbers)}), 0) from ${sql.table(name)}), 1),
      exists (select 1 from ${sql.table(name)}))`.execute(tx);
  }
}
