import type { Instant } from './nouns.ts';

/**
 * The six ways a platform can fail us. Each has one meaning for collect and one for post:
 *
 * | kind              | means                        | collect                         | post                          |
 * | ----------------- | ---------------------------- | ------------------------------- | ----------------------------- |
 * | `rate-limited`    | told to wait                 | wait until `until`              | the same; nothing was posted  |
 * | `unavailable`     | surely not accepted          | back off, show on the source    | back off, try again           |
 * | `unauthorized`    | key or rights                | pause the source                | pause, keep the approval      |
 * | `rejected`        | a clear no for this item     | skip it, keep the reason        | `failed`                      |
 * | `bad-shape`       | not what the schema says     | keep the raw answer, skip       | treat as `unknown-outcome`    |
 * | `unknown-outcome` | sent, no answer              | as `unavailable`                | never sent again blindly      |
 *
 * `blocked` belongs to `unauthorized`: a login wall or a block page must never look like "no news".
 */
export type FailureKind =
  | 'rate-limited'
  | 'unavailable'
  | 'unauthorized'
  | 'rejected'
  | 'bad-shape'
  | 'unknown-outcome';

export interface FailureDetails {
  /** For `rate-limited`: when to come back. */
  until?: Instant;
  /** For `unauthorized`: the platform refuses us altogether, whatever the key. */
  blocked?: boolean;
  /** For `bad-shape`: the start of what came instead, at most 2,000 characters, without secrets. */
  raw?: string;
  cause?: unknown;
}

/** What a connector throws. The message says what happened, to what, and what a person can do. */
export class ConnectorError extends Error {
  readonly kind: FailureKind;
  readonly until: Instant | undefined;
  readonly blocked: boolean;
  readonly raw: string | undefined;

  constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ConnectorError';
    this.kind = kind;
    this.until = details.until;
    this.blocked = details.blocked ?? false;
    this.raw = details.raw?.slice(0, 2000);
  }
}

/** Whatever was thrown, as a failure. What no connector named counts as `unavailable`, since reading again is free. */
export function asFailure(thrown: unknown): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ConnectorError('unavailable', message, { cause: thrown });
}

/** A decision that was made on an older view of the mention than the store holds. */
export class Conflict extends Error {
  constructor(message = 'Somebody changed this mention in the meantime. Look at it again, then decide.') {
    super(message);
    this.name = 'Conflict';
  }
}

/** Something that a person asked for and that cannot be: an unknown id, a move the table forbids, a failed check. */
export class Refused extends Error {
  /** A stable word for machines, such as `unknown-mention`, `check-failed`, `not-from-here`. */
  readonly code: string;
  /** Where it is the sentence of a connector: which one's, for its words in other languages. */
  readonly connector: string | undefined;

  constructor(code: string, message: string, connector?: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.connector = connector;
  }
}

/**
 * A call to us that is not taken, by the inbox's API or at the address of a source. The sentence is for whoever called: what
 * is wrong and what to do.
 */
export class CallRefused extends Error {
  readonly status: number;
  /** A stable word: `bad-signature`, `no-right`, `too-large`, `repeated` … */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
