import type { QueueRow } from '../../core/ports.ts';
import type { Db, Tx } from '../engine.ts';
import { assessmentOf, draftOf, mentionOf } from '../rows.ts';

/** Mentions with assessment and newest draft, in the order of the numbers given. */
export async function queueRows(db: Db | Tx, numbers: readonly number[]): Promise<QueueRow[]> {
  if (numbers.length === 0) return [];
  const mentions = await db.selectFrom('mention').selectAll().where('no', 'in', numbers).execute();
  const drafts = await db
    .selectFrom('mention')
    .innerJoin('draft', (join) =>
      join.onRef('draft.mention_id', '=', 'mention.id').onRef('draft.revision', '=', 'mention.draft_revision'),
    )
    .selectAll('draft')
    .where('mention.no', 'in', numbers)
    .execute();
  const rowOf = new Map(mentions.map((row) => [row.no, row]));
  const draftOfId = new Map(drafts.map((row) => [row.mention_id, draftOf(row)]));
  return numbers.flatMap((no) => {
    const row = rowOf.get(no);
    if (!row) return [];
    const assessment = assessmentOf(row);
    const draft = draftOfId.get(row.id);
    return [{ mention: mentionOf(row), ...(assessment && { assessment }), ...(draft && { draft }) }];
  });
}
