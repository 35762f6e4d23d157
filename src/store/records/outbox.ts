import type { Approval, ApprovalState, OutboxStep } from '../../core/ports.ts';
import { cleanOrNull, instant } from '../clean.ts';
import type { Engine, Touched, Tx } from '../engine.ts';
import { approvalOf, type MentionRow } from '../rows.ts';
import { saveReceipt, stateFor } from './approvals.ts';
import { eraseIfAsked } from './erase.ts';
import { change, moved } from './mentions.ts';
import { voidInThreads } from './voids.ts';

/** Approvals in these states, those due first first. */
export async function outbox(engine: Engine, states: readonly ApprovalState[], limit: number): Promise<Approval[]> {
  if (states.length === 0) return [];
  const rows = await engine.read
    .selectFrom('approval')
    .selectAll()
    .where('state', 'in', states)
    .orderBy('not_before')
    .orderBy('approved_at')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(approvalOf);
}

/** One step of an approved reply on its way out: approval, mention, receipt and audit in one commit. */
export function step(engine: Engine, taken: OutboxStep): Promise<boolean> {
  return engine.write(async (tx, touched) => {
    // The mention first, as everybody who decides about it does: whoever comes the other way would wait for us for ever.
    const row = await tx
      .selectFrom('mention')
      .selectAll()
      .where('id', '=', (e) => e.selectFrom('approval').select('mention_id').where('key', '=', taken.key))
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || !(await stillTrue(tx, taken)) || !(await take(tx, taken))) return false;
    await change(tx, touched, row, {
      ...(taken.from !== taken.to && moved(row, stateFor(taken.to), taken.audit.at, taken.takesBack)),
      ...(taken.receipt && { posted_at: instant(taken.receipt.postedAt, taken.audit.at) }),
      ...(taken.takesBack && taken.from === 'posted' && { posted_at: await takeReceiptBack(tx, row, taken) }),
    });
    if (taken.receipt) await saveReceipt(tx, taken.receipt);
    touched.events.push(taken.audit);
    if (taken.to === 'posted') await answered(tx, touched, row, taken);
    await eraseIfAsked(tx, engine.search, touched, row, taken.audit.at);
    return true;
  });
}

/** A reply that the platform has shown is out, whoever says otherwise. */
async function stillTrue(tx: Tx, { key, from, takesBack }: OutboxStep): Promise<boolean> {
  if (!takesBack || from !== 'posted') return true;
  const receipt = await tx.selectFrom('receipt').select('proof').where('key', '=', key).executeTakeFirst();
  return receipt?.proof === 'person';
}

/** Takes the receipt of a reply away. Returns when an earlier one to the same mention was posted, if one was. */
async function takeReceiptBack(tx: Tx, row: MentionRow, { key }: OutboxStep): Promise<number | null> {
  await tx.deleteFrom('receipt').where('key', '=', key).execute();
  const earlier = await tx
    .selectFrom('receipt')
    .select((e) => e.fn.max('posted_at').as('at'))
    .where('mention_id', '=', row.id)
    .executeTakeFirst();
  return earlier?.at ?? null;
}

/** Now that this is said, whoever approved another reply in the thread before did not know of it. */
async function answered(tx: Tx, touched: Touched, row: MentionRow, { key, audit }: OutboxStep): Promise<void> {
  if (row.conversation_id === null) return;
  const { approved_at } = await tx
    .selectFrom('approval')
    .select('approved_at')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  await voidInThreads(tx, touched, row.connector, [row.conversation_id], {
    code: 'colleague-answered',
    at: audit.at,
    but: [row.id],
    givenBefore: approved_at,
  });
}

/** Compares and sets. False when the approval is not where it was thought to be. */
async function take(tx: Tx, { key, from, to, reason, notBefore, leaseUntil, audit }: OutboxStep) {
  const starts = to === 'sending' && from !== 'sending';
  const taken = await tx
    .updateTable('approval')
    .set((e) => ({
      state: to,
      reason: cleanOrNull(reason),
      lease_until: to === 'sending' && leaseUntil !== undefined ? instant(leaseUntil, 0) : null,
      ...(notBefore !== undefined && { not_before: instant(notBefore, 0) }),
      ...(starts && {
        attempts: e('attempts', '+', 1),
        first_tried_at: e.fn.coalesce('first_tried_at', e.val(audit.at)),
      }),
    }))
    .where('key', '=', key)
    .where('state', '=', from)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}
