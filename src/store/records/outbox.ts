import type { Approval, ApprovalState, OutboxStep } from '../../core/ports.ts';
import { append } from '../audit.ts';
import { cleanOrNull } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import { approvalOf } from '../rows.ts';
import { saveReceipt, stateFor } from './approvals.ts';
import { eraseIfAsked } from './erase.ts';
import { change, moved } from './mentions.ts';

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
    const mention = await take(tx, taken);
    if (mention === undefined) return false;
    const row = await tx.selectFrom('mention').selectAll().where('id', '=', mention).executeTakeFirstOrThrow();
    await change(tx, touched, row, {
      ...(taken.from !== taken.to && moved(row, stateFor(taken.to), taken.audit.at)),
      ...(taken.receipt && { posted_at: taken.receipt.postedAt }),
    });
    if (taken.receipt) await saveReceipt(tx, taken.receipt);
    await append(tx, [taken.audit]);
    await eraseIfAsked(tx, engine.search, touched, row.id, taken.audit.at);
    return true;
  });
}

/** Compares and sets. Gives the mention's id, or undefined when the approval is not where it was thought to be. */
async function take(tx: Tx, { key, from, to, reason, notBefore, leaseUntil, audit }: OutboxStep) {
  const starts = to === 'sending' && from !== 'sending';
  const taken = await tx
    .updateTable('approval')
    .set((e) => ({
      state: to,
      reason: cleanOrNull(reason),
      lease_until: to === 'sending' ? (leaseUntil ?? null) : null,
      ...(notBefore !== undefined && { not_before: notBefore }),
      ...(starts && {
        attempts: e('attempts', '+', 1),
        first_tried_at: e.fn.coalesce('first_tried_at', e.val(audit.at)),
      }),
    }))
    .where('key', '=', key)
    .where('state', '=', from)
    .returning('mention_id')
    .executeTakeFirst();
  return taken?.mention_id;
}
