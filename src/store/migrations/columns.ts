import type { CreateTableBuilder } from 'kysely';
import type { Dialect } from './migration.ts';

/** Columns as "name type", all NOT NULL unless the type ends in "?". */
export function withColumns<T extends string>(
  dialect: Dialect,
  table: CreateTableBuilder<T>,
  columns: Record<string, ColumnType>,
) {
  let built: CreateTableBuilder<string, string> = table as CreateTableBuilder<string, string>;
  for (const [name, type] of Object.entries(columns)) {
    const optional = type.endsWith('?');
    const base = (optional ? type.slice(0, -1) : type) as Base;
    built = built.addColumn(name, base === 'text' ? dialect.text : base, (c) => (optional ? c : c.notNull()));
  }
  return built;
}

type Base = 'text' | 'integer' | 'bigint' | 'double precision';
type ColumnType = Base | `${Base}?`;
