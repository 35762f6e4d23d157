import type { Updateable } from 'kysely';
import { Conflict, Refused } from '../../core/failures.ts';
import type { ApprovedReply, Instant, MentionId, Receipt, State } from '../../core/nouns.ts';
import type { ApprovalState } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Tx } from '../engine.ts';
import { approvalColumns, receiptColumns } from '../rows.ts';
import type { ApprovalTable } from '../schema.ts';

/** An approval in one of these is on its way, so its mention has the same state. */
const UNDER_WAY: readonly ApprovalState[] = ['approved', 'sending', 'unsure', 'by-hand'];
/** An approval in one of these is over without a reply being out, and may be opened again. */
const OVER: readonly ApprovalState[] = ['void', 'failed'];

/** What a mention becomes when its approval takes a step: the same, except that a void one goes back to its draft. */
export function stateFor(approval: ApprovalState): State {
  return approval === 'void' ? 'drafted' : approval;
}

/** Takes back what waits to be sent or posted. What is over stays as it is. */
export function voidStanding(tx: Tx, mention: MentionId, reason: string): Promise<void> {
  return settleStanding(tx, mention, voided(reason));
}

const voided = (reason: string) => ({ state: 'void', reason: clean(reason), lease_until: null }) as const;

async function settleStanding(
  tx: Tx,
  mention: MentionId,
  columns: Updateable<ApprovalTable>,
  but?: string,
): Promise<void> {
  let standing = tx
    .updateTable('approval')
    .set(columns)
    .where('mention_id', '=', mention)
    .where('state', 'in', UNDER_WAY);
  if (but !== undefined) standing = standing.where('key', '!=', but);
  await standing.execute();
}

/**
 * Writes a new approval. The same revision may be approved again after it was taken back or refused by the platform: its
 * row is opened anew, with a new approver and no attempts. It remembers when it was first tried, so that a look-up reaches
 * back far enough even if whoever said "it is not out" was wrong.
 *
 * @throws Conflict when the same revision is under way or posted already.
 */
export async function approve(tx: Tx, reply: ApprovedReply, notBefore?: Instant): Promise<void> {
  const row = { ...approvalColumns(reply), ...(notBefore !== undefined && { not_before: notBefore }) };
  const opened = await tx
    .insertInto('approval')
    .values(row)
    .onConflict((c) =>
      c
        .column('key')
        .doUpdateSet((e) => ({ ...row, first_tried_at: e.ref('approval.first_tried_at') }))
        .where('approval.state', 'in', OVER),
    )
    .returning('key')
    .executeTakeFirst();
  if (!opened) {
    const { state } = await tx
      .selectFrom('approval')
      .select('state')
      .where('key', '=', reply.key)
      .executeTakeFirstOrThrow();
    throw new Conflict(`Revision ${reply.revision} of this reply is approved already and stands as "${state}".`);
  }
  await settleStanding(tx, reply.mentionId, voided('Another revision was approved instead.'), reply.key);
}

/**
 * Lets the standing approval follow a decision of a person about its mention.
 *
 * @throws Refused `no-approval` when there is none to send or post.
 */
export async function follow(tx: Tx, mention: MentionId, to: State, reason: string): Promise<void> {
  if (to === 'posted' || to === 'failed') {
    await settleStanding(tx, mention, { state: to, lease_until: null, reason: to === 'failed' ? clean(reason) : null });
  } else if (to === 'approved' || to === 'by-hand' || to === 'sending' || to === 'unsure') {
    const standing = await tx
      .selectFrom('approval')
      .select('key')
      .where('mention_id', '=', mention)
      .where('state', 'in', UNDER_WAY)
      .executeTakeFirst();
    if (!standing)
      throw new Refused('no-approval', `Mention ${mention} has no approved reply. Approve its draft first.`);
    await settleStanding(tx, mention, { state: to, lease_until: null });
  } else await voidStanding(tx, mention, reason);
}

export async function saveReceipt(tx: Tx, receipt: Receipt): Promise<void> {
  const row = receiptColumns(receipt);
  await tx
    .insertInto('receipt')
    .values(row)
    .onConflict((c) => c.column('key').doUpdateSet(row))
    .execute();
}
