import type { ConnectorError } from '../../core/failures.ts';
import type { Instant } from '../../core/nouns.ts';
import type { SourceState, SourceStatus } from '../../core/ports.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How long a source rests after a failure: doubled with each one in a row, from the first to the most. `unauthorized` has
 * no entry, since trying a wrong key again can lock the account: it waits for a person.
 */
const REST: Partial<Record<SourceState, { first: number; most: number }>> = {
  'rate-limited': { first: MINUTE, most: HOUR },
  unavailable: { first: 30 * SECOND, most: 30 * MINUTE },
  'bad-shape': { first: 15 * MINUTE, most: 6 * HOUR },
  blocked: { first: HOUR, most: 6 * HOUR },
  paused: { first: HOUR, most: 6 * HOUR },
};

/** The state of a source after a failure. A clear no to reading at all pauses it. */
export function stateAfter(failure: ConnectorError): SourceState {
  switch (failure.kind) {
    case 'unauthorized':
      return failure.blocked ? 'blocked' : 'unauthorized';
    case 'rejected':
      return 'paused';
    case 'unknown-outcome':
      return 'unavailable';
    default:
      return failure.kind;
  }
}

/**
 * When to try again: exactly when the platform said, else later with each failure in a row, with jitter, so that many
 * sources of one host do not come back together. Undefined: when a person has acted.
 */
export function restUntil(
  failure: ConnectorError,
  failuresInARow: number,
  now: Instant,
  random: () => number,
): Instant | undefined {
  if (failure.kind === 'rate-limited' && Number.isFinite(failure.until)) return failure.until;
  const rest = REST[stateAfter(failure)];
  if (!rest) return undefined;
  const most = Math.min(rest.most, rest.first * 2 ** Math.min(failuresInARow - 1, 20));
  return Math.round(now + most / 2 + random() * (most / 2));
}

/**
 * May this source be pulled now? A person who asks overrules our own caution, but not what a platform told us.
 *
 * @param status the state after the last pull, if there was one
 */
export function mayPull(status: SourceStatus | undefined, now: Instant, asked: boolean): boolean {
  if (!status || status.state === 'ok' || status.state === 'new') return true;
  if (status.state === 'unauthorized') return asked;
  if (status.until === undefined || status.until <= now) return true;
  if (status.state === 'rate-limited') return false;
  const clockWasSetBack = (status.lastTriedAt ?? 0) > now + MINUTE;
  return asked || clockWasSetBack;
}
