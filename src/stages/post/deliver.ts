import { asFailure, ConnectorError } from '../../core/failures.ts';
import type { Instant } from '../../core/nouns.ts';
import type { Posted, ReplyAbility, ReplyOrder } from '../../core/ports.ts';
import type { Outcome } from './types.ts';

export interface Limits {
  timeoutMs: number;
  /** How long a send on its way may go on after `signal` was aborted. */
  graceMs: number;
  signal: AbortSignal;
  now(): Instant;
}

/**
 * Sends once and says how it ended. Never throws, never waits longer than the limit, and calls everything that is not a
 * clear answer unknown: whatever is thrown after the time was up, and whatever no connector has named.
 */
export async function deliver(ability: ReplyAbility, order: ReplyOrder, limits: Limits): Promise<Outcome> {
  const answer = await bounded((signal) => ability.send(order, signal), limits);
  if (answer.is === 'late') {
    return { is: 'unknown', reason: `No answer came within ${Math.round(answer.afterMs / 100) / 10} seconds.` };
  }
  return answer.is === 'value' ? outcomeOf(answer.value, limits.now()) : outcomeOfFailure(answer.thrown);
}

/** Looks whether a reply is out. @throws ConnectorError when that could not be found out */
export async function lookUp(
  find: (order: ReplyOrder, signal: AbortSignal) => Promise<Posted | null>,
  order: ReplyOrder,
  limits: Limits,
): Promise<Posted | undefined> {
  const answer = await bounded((signal) => find(order, signal), limits);
  if (answer.is === 'late') throw new ConnectorError('unavailable', 'The look-up took too long.');
  if (answer.is === 'thrown') throw asFailure(answer.thrown);
  if (answer.value === null) return undefined;
  const outcome = outcomeOf(answer.value, limits.now());
  if (outcome.is === 'posted') return outcome.posted;
  throw new ConnectorError('bad-shape', 'The look-up found something that is no reply.');
}

function outcomeOf(posted: Posted, now: Instant): Outcome {
  if (typeof posted?.nativeId !== 'string' || posted.nativeId === '') {
    return { is: 'unknown', reason: 'The platform took the reply, but its answer does not say which one it is.' };
  }
  const { nativeId, url, postedAt } = posted;
  const at = Number.isFinite(postedAt) && postedAt > 0 ? Math.min(Math.round(postedAt), now) : now;
  const web = url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return { is: 'posted', posted: { nativeId, postedAt: at, ...(web && { url }) } };
}

function outcomeOfFailure(thrown: unknown): Outcome {
  if (!(thrown instanceof ConnectorError)) {
    return { is: 'unknown', reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const { kind, message: reason, until } = thrown;
  switch (kind) {
    case 'rejected':
      return { is: 'refused', reason };
    case 'rate-limited':
    case 'unavailable':
    case 'unauthorized':
      return { is: 'not-posted', why: kind, reason, ...(until !== undefined && { until }) };
    case 'bad-shape':
    case 'unknown-outcome':
      return { is: 'unknown', reason };
  }
}

type Answer<T> = { is: 'value'; value: T } | { is: 'thrown'; thrown: unknown } | { is: 'late'; afterMs: number };

/** Runs a call until it ends, its time is up, or a stop was asked for and the grace has passed. */
async function bounded<T>(call: (signal: AbortSignal) => Promise<T>, limits: Limits): Promise<Answer<T>> {
  const controller = new AbortController();
  const began = performance.now();
  const { promise: late, resolve } = Promise.withResolvers<Answer<T>>();
  const end = () => {
    resolve({ is: 'late', afterMs: performance.now() - began });
    controller.abort(new Error('The time for this call is up.'));
  };
  const timers = [setTimeout(end, limits.timeoutMs)];
  const onStop = () => timers.push(setTimeout(end, limits.graceMs));
  if (limits.signal.aborted) onStop();
  else limits.signal.addEventListener('abort', onStop, { once: true });
  const answer = (async () => call(controller.signal))().then(
    (value): Answer<T> => ({ is: 'value', value }),
    (thrown): Answer<T> => ({ is: 'thrown', thrown }),
  );
  try {
    return await Promise.race([late, answer]);
  } finally {
    timers.forEach(clearTimeout);
    limits.signal.removeEventListener('abort', onStop);
  }
}
