import type { Updateable } from 'kysely';
import { Refused } from '../../core/failures.ts';
import { mayMove, mayTakeBack } from '../../core/moves.ts';
import type { Mention, State } from '../../core/nouns.ts';
import type { Touched, Tx } from '../engine.ts';
import { type MentionRow, mentionOf } from '../rows.ts';
import type { MentionTable } from '../schema.ts';

/** Writes columns of one mention; every such change is a new version. */
export async function change(
  tx: Tx,
  touched: Touched,
  row: Pick<MentionRow, 'no' | 'id' | 'version'>,
  columns: Updateable<MentionTable>,
): Promise<void> {
  await tx
    .updateTable('mention')
    .set({ ...columns, version: row.version + 1 })
    .where('no', '=', row.no)
    .execute();
  touched.mentions.add(row.id);
}

/** The same, with the mention as it stands afterwards. */
export async function changed(
  tx: Tx,
  touched: Touched,
  row: MentionRow,
  columns: Updateable<MentionTable>,
): Promise<Mention> {
  await change(tx, touched, row, columns);
  return mentionOf({ ...row, ...(columns as Partial<MentionRow>), version: row.version + 1 });
}

/**
 * The columns that change with a move from one state to another.
 *
 * @param takesBack it is the way back of a person's word, which has a table of its own
 * @throws Refused `not-from-here` when the table of moves forbids it.
 */
export function moved(
  row: Pick<MentionRow, 'id' | 'state'>,
  to: State,
  at: number,
  takesBack = false,
): Updateable<MentionTable> {
  if (!(takesBack ? mayTakeBack(row.state, to) : mayMove(row.state, to))) {
    throw new Refused(
      'not-from-here',
      `Mention ${row.id} is "${row.state}" and cannot become "${to}" from there. Nothing was changed.`,
    );
  }
  return {
    state: to,
    claimed_by: null,
    claimed_until: 0,
    ...(row.state === 'snoozed' && { snoozed_until: null, snoozed_from: null }),
    // A dismissal that is taken back is no place to wake up in.
    ...(to === 'snoozed' && { snoozed_from: row.state === 'dismissed' ? null : row.state }),
    ...(row.state === 'dismissed' && { dismissed_at: null }),
    ...(to === 'dismissed' && { dismissed_at: at }),
  };
}
