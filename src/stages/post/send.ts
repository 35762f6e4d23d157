import type { Instant } from '../../core/nouns.ts';
import type { Approval, Case, ReplyAbility, ReplyOrder, Source } from '../../core/ports.ts';
import { deliver, type Limits, lookUp } from './deliver.ts';
import { eventOf, firstTried, orderOf, receiptOf, settleAs } from './steps.ts';
import type { OutboxDeps, OutboxReport, Outcome } from './types.ts';
import { limitsOf, sharedTime, waitUntil } from './waiting.ts';
import { whyVoid } from './why-void.ts';

export type Sent = { did: keyof OutboxReport | 'nothing'; restUntil?: Instant };

/** How sends ended whose end could not be written down, since the store could not be reached. By key. */
export type Late = Map<string, { approval: Approval; outcome: Outcome; source: Source; firmUntil: Instant }>;

/**
 * Takes one approved reply out: checks that all is as it was approved, writes down that it is being sent, sends it, writes
 * down how that ended. A crash anywhere in between leaves it approved or `sending`, and then its lease runs out.
 */
export async function sendApproved(deps: OutboxDeps, approval: Approval, late: Late): Promise<Sent> {
  const { store, clock } = deps;
  const { reply } = approval;
  const found = await store.find(reply.mentionId);
  const source = found && deps.sourceOf(found.mention);
  const account = found ? deps.accountOf(found.mention) : '';
  const why = whyVoid(reply, { found, source, account, templates: deps.templates });
  if (why) {
    const { reason, code } = why;
    const audit = eventOf(deps, reply, 'voided', { reason, voided: { approver: reply.approver, code } });
    return did('void', await store.step({ key: reply.key, from: 'approved', to: 'void', reason, audit }));
  }
  if (!found) return { did: 'nothing' };
  if (!source?.reply) return holdBack(deps, approval, found);

  const limits = limitsOf(deps);
  const firmUntil = clock.now() + 0.9 * limits.leaseMs;
  const leaseUntil = (await sharedTime(deps)).atLeast + limits.leaseMs;
  const triedAt = firstTried(approval, found);
  const order = orderOf(approval, found, triedAt ?? clock.now());
  const audit = eventOf(deps, reply, 'sending', { attempt: approval.attempts + 1, source: source.id });
  const mine = await store.step({ key: reply.key, from: 'approved', to: 'sending', leaseUntil, audit });
  if (!mine) return { did: 'nothing' };
  const outcome =
    (await triedBefore(source.reply, order, triedAt, limits)) ??
    (await fenced(deps, leaseUntil)) ??
    (await deliver(source.reply, order, limits));
  try {
    return await writeDown(deps, approval, clock.now() < firmUntil ? outcome : withoutNo(outcome), source);
  } catch (thrown) {
    late.set(reply.key, { approval, outcome, source, firmUntil });
    throw thrown;
  }
}

/**
 * Writes down what could not be written when it happened. A reply that is out stays known as such; a no counts only as long
 * as nobody else can have tried meanwhile.
 */
export async function writeLate(deps: OutboxDeps, late: Late, report: OutboxReport): Promise<void> {
  for (const [key, { approval, outcome, source, firmUntil }] of late) {
    if (outcome.is === 'posted' || deps.clock.now() < firmUntil) {
      const { did } = await writeDown(deps, approval, outcome, source);
      if (did !== 'nothing') report[did]++;
    }
    late.delete(key);
  }
}

/** Its source is switched off, or could not be opened: the approval is kept, and says why it waits. */
async function holdBack(deps: OutboxDeps, { reply, reason: known }: Approval, { mention }: Case): Promise<Sent> {
  const reason = `Source "${mention.source}" is not open, so the reply waits. Switch it on, or take the approval back.`;
  if (known === reason) return { did: 'nothing' };
  const audit = eventOf(deps, reply, 'held-back', { source: mention.source });
  return did('waiting', await deps.store.step({ key: reply.key, from: 'approved', to: 'approved', reason, audit }));
}

/**
 * Why this process must not send any more, though it took the reply: others may have taken it for dead, because its machine
 * slept or was cut off. Looked at by the clock that all share, just before the call. Undefined when it may.
 */
export async function fenced(deps: OutboxDeps, leaseUntil: Instant): Promise<Outcome | undefined> {
  const no = (reason: string): Outcome => ({ is: 'not-posted', why: 'unavailable', reason });
  try {
    const { atMost } = await sharedTime(deps);
    if (atMost + limitsOf(deps).timeoutMs <= leaseUntil) return undefined;
    return no('This machine slept before the reply was sent.');
  } catch {
    return no('The store could not be reached just before the reply was sent.');
  }
}

/** Past the lease others may have tried again, so that only a yes still says something about how things stand. */
function withoutNo(outcome: Outcome): Outcome {
  return outcome.is === 'posted' ? outcome : { is: 'unknown', reason: `The answer came late. ${outcome.reason}` };
}

/**
 * A reply that was tried before is looked for first, where that is possible: a person who looked, or a platform that said
 * no, may have been wrong. Undefined when it may be sent.
 */
async function triedBefore(
  ability: ReplyAbility,
  order: ReplyOrder,
  triedAt: Instant | undefined,
  limits: Limits,
): Promise<Outcome | undefined> {
  if (ability.once !== 'look-up' || triedAt === undefined) return undefined;
  try {
    const posted = await lookUp(ability.find, order, limits);
    return posted && { is: 'posted', posted, proof: 'look-up' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      is: 'not-posted',
      why: 'unavailable',
      reason: `It was tried before, and cannot be looked for now: ${why}`,
    };
  }
}

async function writeDown(deps: OutboxDeps, approval: Approval, outcome: Outcome, source: Source): Promise<Sent> {
  const { reply } = approval;
  const { key } = reply;
  if (outcome.is === 'posted') {
    const { posted, proof = 'answer' } = outcome;
    const audit = eventOf(deps, reply, 'posted', { proof, nativeId: posted.nativeId });
    return did('posted', await settleAs(deps, { key, to: 'posted', receipt: receiptOf(reply, posted, proof), audit }));
  }
  const { reason } = outcome;
  if (outcome.is === 'refused') {
    const audit = eventOf(deps, reply, 'failed', { reason });
    return did('failed', await settleAs(deps, { key, to: 'failed', reason, audit }));
  }
  if (outcome.is === 'unknown') {
    return did('unsure', await becomeUnsure(deps, approval, source.reply?.once, reason));
  }
  const notBefore = waitUntil(outcome, approval.attempts, deps);
  const audit = eventOf(deps, reply, 'postponed', { reason, why: outcome.why, notBefore });
  const written = await settleAs(deps, { key, to: 'approved', reason, notBefore, audit });
  return { ...did('waiting', written), ...(outcome.why !== 'unavailable' && { restUntil: notBefore }) };
}

function did(what: keyof OutboxReport, written: boolean): Sent {
  return { did: written ? what : 'nothing' };
}

/** From `sending`. The reason tells the person in the inbox what happens next, and what is left to them. */
export async function becomeUnsure(
  deps: OutboxDeps,
  { reply }: Approval,
  once: ReplyAbility['once'] | undefined,
  why: string,
): Promise<boolean> {
  const reason = `${why} ${WHAT_NEXT[once ?? 'cannot']}`;
  const audit = eventOf(deps, reply, 'unsure', { reason: why });
  return settleAs(deps, { key: reply.key, to: 'unsure', reason, audit });
}

const WHAT_NEXT: Record<ReplyAbility['once'], string> = {
  'platform-key':
    'Earshot sends it again with the same key, which cannot post it twice. If that does not help, please look whether it is there.',
  'look-up': 'Earshot looks for it at the source. If it does not turn up, please look yourself.',
  cannot: 'This source cannot be asked: please look whether the reply is there, and say so.',
};
