import { setTimeout as pause } from 'node:timers/promises';
import type { ApprovedReply, Instant, Receipt, ReceiptProof } from '../../core/nouns.ts';
import type { Approval, ApprovalState, Case, NewAuditEvent, OutboxStep, Posted, ReplyOrder } from '../../core/ports.ts';
import type { OutboxDeps } from './types.ts';

/** A store may be busy for a moment; an outcome that is known must not be forgotten for that. */
const TRIES = 4;
const PAUSE_MS = 150;

/**
 * When this revision was first sent, or undefined when it never was; of a copy that was put back, when that may have been
 * at the earliest. By the log: an approval that was given anew after a failure starts its own count, while what was sent
 * before may be out all the same.
 */
export function firstTried({ reply, firstTriedAt }: Approval, { history }: Case): Instant | undefined {
  const sent = history.filter(({ action, detail }) => action === 'sending' && detail.key === reply.key);
  const times = sent.map(({ at, detail }) => (typeof detail.since === 'number' ? detail.since : at));
  return times.reduce((first, at) => Math.min(first ?? at, at), firstTriedAt);
}

/** What the connector gets to send. */
export function orderOf({ reply }: Approval, { mention }: Case, firstTriedAt: Instant): ReplyOrder {
  const { nativeId, author, replyRef, conversationId } = mention;
  return {
    key: reply.key,
    text: reply.text,
    nativeId,
    authorId: author.id,
    firstTriedAt,
    ...(replyRef !== undefined && { replyRef }),
    ...(conversationId !== undefined && { conversationId }),
  };
}

export function receiptOf(reply: ApprovedReply, posted: Posted, proof: ReceiptProof): Receipt {
  const { nativeId, url, postedAt } = posted;
  return { key: reply.key, mentionId: reply.mentionId, nativeId, postedAt, proof, ...(url !== undefined && { url }) };
}

/** An event of the outbox. Never the words of the reply: the log outlives an erasure. */
export function eventOf(
  { clock, worker }: Pick<OutboxDeps, 'clock' | 'worker'>,
  { key, mentionId }: ApprovedReply,
  action: string,
  detail: Record<string, unknown> = {},
): NewAuditEvent {
  return { at: clock.now(), actor: 'earshot', action, subject: mentionId, detail: { key, worker, ...detail } };
}

/**
 * Writes down how a send ended, also when the sweep of another process has meanwhile taken us for dead. False when a
 * person or another process has settled it.
 */
export async function settleAs(deps: OutboxDeps, step: Omit<OutboxStep, 'from'>): Promise<boolean> {
  const from: ApprovalState[] = ['sending', 'unsure'];
  for (const state of from) {
    if (state !== step.to && (await patiently(() => deps.store.step({ ...step, from: state })))) return true;
  }
  return false;
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES) throw error;
      await pause(PAUSE_MS * tried);
    }
  }
}
