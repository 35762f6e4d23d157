/** A source: one configured use of a connector, opened. What collect reads from and post answers through. */
import type { Intake } from './intake.ts';
import type { FoundMention, Instant, SkippedItem, SourceId } from './nouns.ts';

/** Who we are at the source. Our own posts are dropped by `id` and by `handle`. */
export interface Identity {
  id: string;
  handle?: string;
  /** What the check found, for whoever sets the source up: "https://…/latest.rss: 30 items in "Help"". */
  note?: string;
}

/** Where a pull starts: where the last one stopped, or, the first time, how far back the operator wants to look. */
export type From<Cursor = unknown> = { cursor: Cursor } | { since: Instant };

/** A range of time that was truly seen, or a hole in it with its cause. Half open: `from` up to but without `to`. */
export interface CoverageSpan {
  kind: 'seen' | 'hole';
  from: Instant;
  to: Instant;
  /** For a hole: why, in words ("the feed holds 20 items and none of them was known"). */
  cause?: string;
}

/** What one pull brings: items and the place to go on from. Both are saved in one transaction. */
export interface Page<Cursor = unknown> {
  found: FoundMention[];
  cursor: Cursor;
  /** True when the next page can be asked for at once. */
  more: boolean;
  coverage?: CoverageSpan[];
  skipped?: SkippedItem[];
  /** Things worth a person's eye that stop nothing, such as "feed moved to …". */
  notices?: string[];
  /** For imports: how much of the input is read. */
  progress?: { done: number; total: number; unit: 'bytes' | 'items' };
}

/** What a connector gets to send. It posts `text` exactly as it stands. */
export interface ReplyOrder {
  /** Stable over restarts; the idempotency key where the platform has one. */
  key: string;
  text: string;
  nativeId: string;
  /** Who is answered: the platform's id of the mention's author. */
  authorId?: string;
  replyRef?: string;
  conversationId?: string;
  /** When the first attempt was made; a look-up need not search before it. */
  firstTriedAt: Instant;
}

/** What the platform answered to a send, or what a look-up found. */
export interface Posted {
  nativeId: string;
  url?: string;
  postedAt: Instant;
}

/** The most a reply may hold, in the platform's own counting. */
export interface ReplyLimit {
  max: number;
  lengthOf(text: string): number;
  /** What posting this text would cost, in US dollars, where the platform charges. */
  priceOf?(text: string): number;
}

/** What happened at the source to a mention we hold. */
export type Recheck =
  | { nativeId: string; now: 'same' | 'gone' }
  | { nativeId: string; now: 'edited'; found: FoundMention };

/** How a second send with the same key is prevented. */
export type ReplyAbility = {
  /** The platform's rule against a second reply to the same message, in words; left out where one is fine. */
  onlyOnce?: string;
} & (
  | { once: 'platform-key'; keyValidMs: number; send(order: ReplyOrder, signal: AbortSignal): Promise<Posted> }
  | {
      once: 'look-up';
      send(order: ReplyOrder, signal: AbortSignal): Promise<Posted>;
      find(order: ReplyOrder, signal: AbortSignal): Promise<Posted | null>;
    }
  | { once: 'cannot'; send(order: ReplyOrder, signal: AbortSignal): Promise<Posted> }
);

/** What a source costs in a calendar month (UTC), in US dollars, by the prices in its options. */
export interface Spending {
  /** yyyy-mm */
  month: string;
  spentUsd: number;
  /** At the end of the month, if it goes on like this. */
  expectedUsd: number;
  /** Nothing is asked or sent beyond it. */
  budgetUsd: number;
  /** `near`: four fifths are spent. `used-up`: what is left buys no reading, so the source stands still. */
  state: 'fine' | 'near' | 'used-up';
  /** When the month ends and a new budget begins. */
  renewsAt: Instant;
  /** When the budget is used up, if it goes on like this and that is before the month ends. */
  usedUpAt?: Instant;
}

/** One thing that was looked at, for whoever sets a source up. */
export interface Finding {
  /** "rights", "limits": what was looked at. */
  what: string;
  ok: boolean;
  /** What was found, and where it is not ok, what to do. */
  message: string;
}

/** Where a live connection puts what it hears. */
export interface Emit {
  /** Resolves when the mention is stored. */
  (found: FoundMention): Promise<void>;
  /** These were deleted at the source. Resolves when they are erased here. */
  gone?(nativeIds: string[]): Promise<void>;
  /**
   * Something that happened before this moment may have been missed (the platform began anew instead of going on where
   * the connection broke). Resolves when the source was pulled from its last cursor; never throws, since a pull that
   * fails is a state of the source.
   */
  missed?(): Promise<void>;
}

/**
 * One configured use of a connector, opened. Abilities are read from what is there: a source without `pull` is not
 * pulled, one without `reply` is answered by hand.
 */
export interface Source {
  id: SourceId;
  connector: string;
  sample: boolean;
  check(signal: AbortSignal): Promise<Identity>;
  /** What it takes when it is called. */
  intake?: Intake;
  /** A thorough look, beyond the credentials: rights, limits, what cannot be seen. */
  examine?(signal: AbortSignal): Promise<Finding[]>;
  /** How far our clock is from that of the host which answered last. Positive: ours is ahead. */
  clockSkew?(): { host: string; ms: number } | undefined;
  pull?(from: From, signal: AbortSignal): Promise<Page>;
  /** Runs until aborted; `emit` resolves when the mention is stored. */
  listen?(emit: Emit, signal: AbortSignal): Promise<void>;
  recheck?(nativeIds: string[], signal: AbortSignal): Promise<Recheck[]>;
  reply?: ReplyAbility;
  replyLimit(platform: string): ReplyLimit;
  spending?(): Promise<Spending>;
  close(): Promise<void>;
}

/** How a source is doing. `ok` is the only state in which zero items means "no news". */
export type SourceState =
  | 'new'
  | 'ok'
  | 'rate-limited'
  | 'unauthorized'
  | 'blocked'
  | 'unavailable'
  | 'bad-shape'
  | 'paused';

export interface SourceStatus {
  source: SourceId;
  state: SourceState;
  /** What is wrong and what to do, or the empty string. */
  message: string;
  lastSuccessAt?: Instant;
  lastTriedAt?: Instant;
  /** Not before this. */
  until?: Instant;
  failuresInARow: number;
  /** Mentions stored from this source so far. */
  stored: number;
  skipped: number;
}
