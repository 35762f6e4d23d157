import { Refused } from '../../core/failures.ts';
import type { Feedback } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import type { MentionRow } from '../rows.ts';
import { change, moved } from './mentions.ts';

/** What the author says of our answer, with its event and, for a no, the way back to people, in one commit. */
export function saveFeedback(engine: Engine, { mentionId, solved, trouble, audit }: Feedback): Promise<boolean> {
  return engine.write(async (tx, touched) => {
    const row = await tx.selectFrom('mention').selectAll().where('id', '=', mentionId).forUpdate().executeTakeFirst();
    if (!row || row.state === 'erased' || !(await isAnswered(tx, mentionId))) {
      throw new Refused('not-answered', `Mention ${mentionId} has no answer of ours that could be judged.`);
    }
    if ((solved ? row.solved_at : row.unsolved_at) !== null) return false;
    await change(tx, touched, row, {
      solved_at: solved ? audit.at : null,
      unsolved_at: solved ? null : audit.at,
      ...(!solved && row.state === 'posted' && { ...moved(row, 'assessed', audit.at), trouble: clean(trouble) }),
      ...(solved && isBackFor(row, trouble) && { ...moved(row, 'posted', audit.at), trouble: null }),
    });
    touched.events.push(audit);
    return true;
  });
}

/** Nobody has done anything about it since it came back: then a "yes, after all" settles it. */
function isBackFor(row: MentionRow, trouble: string): boolean {
  return row.state === 'assessed' && row.trouble === clean(trouble);
}

async function isAnswered(tx: Tx, mentionId: string): Promise<boolean> {
  const receipt = await tx.selectFrom('receipt').select('key').where('mention_id', '=', mentionId).executeTakeFirst();
  return receipt !== undefined;
}
