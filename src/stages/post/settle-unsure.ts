import type { Instant } from '../../core/nouns.ts';
import type { Approval, Case, ReplyAbility, Source } from '../../core/ports.ts';
import { deliver, lookUp } from './deliver.ts';
import { fenced } from './send.ts';
import { eventOf, firstTried, orderOf, receiptOf, settleAs } from './steps.ts';
import type { OutboxDeps } from './types.ts';
import { limitsOf, sharedTime } from './waiting.ts';

const SETTLE_AFTER_MS = [0, 5_000, 30_000, 120_000, 600_000];

/**
 * What this process has already tried for a reply of unknown outcome. Forgotten at a restart: then it is tried anew, which
 * cannot post anything twice.
 */
export type Tries = Map<string, { since: Instant; done: number; nextAt: Instant }>;

/**
 * Finds out whether a reply of unknown outcome is out: by sending it again with the same platform key, as long as the
 * platform remembers that, or by looking for it. Nothing else is ever sent again. What cannot be found out stays unsure,
 * for a person.
 *
 * @returns true when it is known to be posted now
 */
export async function settleUnsure(deps: OutboxDeps, approval: Approval, tries: Tries): Promise<boolean> {
  const { store, clock } = deps;
  const { reply } = approval;
  const due = deps.settleAfterMs ?? SETTLE_AFTER_MS;
  const now = clock.now();
  const tried = tries.get(reply.key) ?? { since: now, done: 0, nextAt: now + (due[0] ?? 0) };
  tries.set(reply.key, tried);
  if (tried.done >= due.length || tried.nextAt > now) return false;

  const found = await store.find(reply.mentionId);
  const source = found && deps.sourceOf(found.mention);
  if (!found || !source?.reply || source.reply.once === 'cannot') return false;

  tried.done++;
  tried.nextAt = tried.since + (due[tried.done] ?? 0);
  const posted =
    source.reply.once === 'platform-key'
      ? await sendSameKey(deps, approval, source.reply, found)
      : await find(deps, approval, source.reply, found);
  if (posted) tries.delete(reply.key);
  else if (tried.done === due.length) await leaveToPerson(deps, approval, source);
  return posted;
}

async function sendSameKey(
  deps: OutboxDeps,
  approval: Approval,
  ability: Extract<ReplyAbility, { once: 'platform-key' }>,
  found: Case,
): Promise<boolean> {
  const { store } = deps;
  const { reply } = approval;
  const limits = limitsOf(deps);
  const firstTriedAt = firstTried(approval, found) ?? reply.approvedAt;
  const forgottenAt = firstTriedAt + ability.keyValidMs;
  const { atLeast, atMost } = await sharedTime(deps);
  if (atMost + limits.timeoutMs >= forgottenAt) return false; // it might be posted a second time

  const leaseUntil = atLeast + limits.leaseMs;
  const audit = eventOf(deps, reply, 'sending', { attempt: approval.attempts + 1, sameKey: true });
  if (!(await store.step({ key: reply.key, from: 'unsure', to: 'sending', leaseUntil, audit }))) return false;

  const order = orderOf(approval, found, firstTriedAt);
  const outcome = (await fenced(deps, Math.min(forgottenAt, leaseUntil))) ?? (await deliver(ability, order, limits));
  if (outcome.is === 'posted') {
    const event = eventOf(deps, reply, 'posted', { proof: 'nonce', nativeId: outcome.posted.nativeId });
    const receipt = receiptOf(reply, outcome.posted, 'nonce');
    return settleAs(deps, { key: reply.key, to: 'posted', receipt, audit: event });
  }
  // Whatever was said to the second send, the first may have gone out: only a clear yes settles it.
  const reason = `It is not known whether it is out. Sent again with the same key: ${outcome.reason}`;
  await settleAs(deps, { key: reply.key, to: 'unsure', reason, audit: eventOf(deps, reply, 'unsure', { reason }) });
  return false;
}

async function find(
  deps: OutboxDeps,
  approval: Approval,
  ability: Extract<ReplyAbility, { once: 'look-up' }>,
  found: Case,
): Promise<boolean> {
  const { reply } = approval;
  const order = orderOf(approval, found, firstTried(approval, found) ?? reply.approvedAt);
  try {
    const posted = await lookUp(ability.find, order, limitsOf(deps));
    if (!posted) return false;
    const audit = eventOf(deps, reply, 'posted', { proof: 'look-up', nativeId: posted.nativeId });
    const receipt = receiptOf(reply, posted, 'look-up');
    return await deps.store.step({ key: reply.key, from: 'unsure', to: 'posted', receipt, audit });
  } catch (error) {
    deps.log.warn('look-up failed', { mention: reply.mentionId, error: String(error) });
    return false;
  }
}

/** Says in the inbox that nothing more happens by itself. */
async function leaveToPerson(deps: OutboxDeps, { reply }: Approval, source: Source): Promise<void> {
  const reason =
    source.reply?.once === 'look-up'
      ? `No answer came, and the reply did not turn up at the source. It may still be there: please look, and say so.`
      : `No clear answer came, not even to a second try with the same key. Please look whether the reply is there, and say so.`;
  deps.log.warn('outcome of a reply left to a person', { mention: reply.mentionId, source: source.id });
  const audit = eventOf(deps, reply, 'left-to-person', { once: source.reply?.once });
  await deps.store.step({ key: reply.key, from: 'unsure', to: 'unsure', reason, audit });
}
