import type { Updateable } from 'kysely';
import { mayMove } from '../../core/moves.ts';
import type { FoundMention, Instant } from '../../core/nouns.ts';
import type { PageToSave } from '../../core/ports.ts';
import type { SearchIndex, Touched, Tx } from '../engine.ts';
import { assessmentColumns, authorWords, foundColumns, type MentionRow } from '../rows.ts';
import type { MentionTable } from '../schema.ts';
import { voidStanding } from './approvals.ts';
import { change, moved } from './mentions.ts';
import { approverOf, voidApproval, voidedDetail } from './voids.ts';

type From = Pick<PageToSave, 'source' | 'at'>;

/**
 * A mention we hold was found again. True when its text was edited: the text is replaced, the index follows, and it is
 * heard anew unless a reply is out or on its way. An approval that waited is void: its person saw other words.
 *
 * Without new words a changed permission or address for replies is still taken over, so that nobody posts by a right
 * that was withdrawn. What is erased stays erased. A copy that another source cut short, or that is older than ours, is
 * no edit.
 */
export async function hearAgain(
  tx: Tx,
  search: SearchIndex,
  touched: Touched,
  row: MentionRow,
  found: FoundMention,
  from: From,
): Promise<boolean> {
  if (row.state === 'erased' || row.erase_asked === 1) return false;
  const columns = foundColumns(found);
  if (isStale(row, columns.edited_at, from)) return false;
  if (columns.text === row.text) {
    const { permission_json, reply_ref } = columns;
    if (permission_json !== row.permission_json || reply_ref !== row.reply_ref) {
      await change(tx, touched, row, { permission_json, reply_ref });
      const how = (json: string) => (JSON.parse(json) as { how: string }).how;
      const other = how(permission_json) !== how(row.permission_json);
      Object.assign(row, { permission_json, reply_ref, version: row.version + 1 });
      if (other) await voidApproval(tx, touched, row, 'permission-changed', from.at);
    }
    return false;
  }
  await search.remove(tx, [{ no: row.no, text: row.text, author: authorWords(row.author_json) }]);
  await search.add(tx, [{ no: row.no, text: columns.text, author: authorWords(columns.author_json) }]);
  const again = row.state === 'heard' || mayMove(row.state, 'heard');
  const whose = again ? await approverOf(tx, row) : undefined;
  if (again) await voidStanding(tx, row.id, 'The mention was edited at the source after the approval.');
  const update = {
    ...columns,
    ...(again && {
      ...heardAnew(row, from.at),
      ...assessmentColumns(undefined),
      trouble: null,
      first_approval_json: null,
    }),
  };
  await change(tx, touched, row, update);
  touched.events.push({
    at: from.at,
    actor: 'earshot',
    action: 'edited-at-source',
    subject: row.id,
    detail: {
      from: row.state,
      to: again ? 'heard' : row.state,
      ...(whose && { voided: voidedDetail(whose, 'edited-at-source') }),
    },
  });
  Object.assign(row, update, { version: row.version + 1 });
  return true;
}

function heardAnew(row: MentionRow, at: Instant): Updateable<MentionTable> {
  // Somebody may be working on the old words: their lease ends here, and their result is about a version that is gone.
  return row.state === 'heard' ? { claimed_by: null, claimed_until: 0 } : moved(row, 'heard', at);
}

/** Older than ours; from another source, which may cut texts short, everything that is not surely newer. */
function isStale(row: MentionRow, editedAt: number | null, from: From): boolean {
  const ours = row.edited_at ?? Number.NEGATIVE_INFINITY;
  const theirs = editedAt ?? Number.NEGATIVE_INFINITY;
  return row.source === from.source ? theirs < ours : theirs <= ours;
}
