import type { Kysely } from 'kysely';
import type { Author } from '../../core/nouns.ts';
import { authorKeys } from '../rows.ts';
import type { Dialect } from './migration.ts';

const ROWS_AT_ONCE = 1_000;

/** What this step touches, as it is when this step is taken. */
type AsItIsThen = {
  mention: { no: number; state: string; author_json: string; author_id: string | null; author_handle: string | null };
};

/** All that one author wrote is found by an index: to erase it, to hand it out, to know a scammer again. */
export async function authorColumns(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  for (const column of ['author_id', 'author_handle'] as const) {
    await db.schema.alterTable('mention').addColumn(column, dialect.text).execute();
  }
  const typed = db.withTables<AsItIsThen>();
  for (let after = 0; ; ) {
    const rows = await typed
      .selectFrom('mention')
      .select(['no', 'author_json'])
      .where('no', '>', after)
      .where('state', '!=', 'erased')
      .orderBy('no')
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const { no, author_json } of rows) {
      const keys = authorKeys(JSON.parse(author_json) as Author);
      await typed.updateTable('mention').set(keys).where('no', '=', no).execute();
    }
    after = rows.at(-1)?.no ?? 0;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  for (const column of ['author_id', 'author_handle'] as const) {
    await db.schema
      .createIndex(`mention_by_${column}`)
      .on('mention')
      .columns(['connector', column])
      .where(column, 'is not', null)
      .execute();
  }
}
