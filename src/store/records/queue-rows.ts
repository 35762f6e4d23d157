import type { Selectable } from 'kysely';
import type { QueueRow } from '../../core/ports.ts';
import type { Db, Tx } from '../engine.ts';
import { assessmentOf, DRAFT_COLUMNS, draftOf, mentionOf } from '../rows.ts';
import type { DraftTable } from '../schema.ts';

const NEWEST_DRAFT = DRAFT_COLUMNS.map((column) => `draft.${column} as draft_${column}` as const);

/** Mentions with assessment and newest draft, in the order of the numbers given. */
export async function queueRows(db: Db | Tx, numbers: readonly number[]): Promise<QueueRow[]> {
  if (numbers.length === 0) return [];
  const found = await db
    .selectFrom('mention')
    .leftJoin('draft', (join) =>
      join.onRef('draft.mention_id', '=', 'mention.id').onRef('draft.revision', '=', 'mention.draft_revision'),
    )
    .selectAll('mention')
    .select(NEWEST_DRAFT)
    .where('mention.no', 'in', numbers)
    .execute();
  const rowOf = new Map(found.map((row) => [row.no, row]));
  return numbers.flatMap((no) => {
    const row = rowOf.get(no);
    if (!row) return [];
    const assessment = assessmentOf(row);
    const draft = Object.fromEntries(DRAFT_COLUMNS.map((column) => [column, row[`draft_${column}`]]));
    return [
      {
        mention: mentionOf(row),
        ...(assessment && { assessment }),
        ...(row.draft_mention_id !== null && { draft: draftOf(draft as unknown as Selectable<DraftTable>) }),
      },
    ];
  });
}
