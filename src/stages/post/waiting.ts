import type { Instant } from '../../core/nouns.ts';
import type { Limits } from './deliver.ts';
import type { OutboxDeps, Outcome } from './types.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export function limitsOf(deps: OutboxDeps): Limits & { leaseMs: number } {
  const timeoutMs = deps.sendTimeoutMs ?? 20 * SECOND;
  return {
    timeoutMs,
    leaseMs: deps.leaseMs ?? 3 * timeoutMs,
    graceMs: deps.stopGraceMs ?? 5 * SECOND,
    signal: deps.signal,
    now: () => deps.clock.now(),
  };
}

/** When a reply that was surely not posted may be tried again: as the platform said, else later with each attempt. */
export function waitUntil(
  outcome: Extract<Outcome, { is: 'not-posted' }>,
  attempts: number,
  { clock, random = Math.random }: Pick<OutboxDeps, 'clock' | 'random'>,
): Instant {
  const now = clock.now();
  if (outcome.until !== undefined && Number.isFinite(outcome.until)) return Math.max(outcome.until, now);
  if (outcome.why === 'unauthorized') return now + 15 * MINUTE;
  if (outcome.why === 'rate-limited') return now + MINUTE;
  const most = Math.min(30 * MINUTE, 30 * SECOND * 2 ** Math.min(attempts, 10));
  return Math.round(now + most / 2 + random() * (most / 2));
}

/**
 * The time by the clock that all processes share: not before `atLeast` and not after `atMost`, since the answer took its
 * time to come.
 *
 * @throws what the store throws when it cannot be reached: then nobody knows what is over
 */
export async function sharedTime({
  clock,
  sharedNow,
}: Pick<OutboxDeps, 'clock' | 'sharedNow'>): Promise<{ atLeast: Instant; atMost: Instant }> {
  if (!sharedNow) return { atLeast: clock.now(), atMost: clock.now() };
  const [ticks, began] = [performance.now(), clock.now()];
  const atLeast = await sharedNow();
  return { atLeast, atMost: atLeast + Math.ceil(Math.max(performance.now() - ticks, clock.now() - began)) };
}
