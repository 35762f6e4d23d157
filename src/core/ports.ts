/**
 * What the stages need from the world, and nothing of how it is done. `main.ts` plugs the real parts in, a test its own.
 */
import type { ConnectorError } from './failures.ts';
import type {
  ApprovedReply,
  Assessment,
  Draft,
  FoundMention,
  Instant,
  Mention,
  MentionId,
  Priority,
  Receipt,
  ReplyLanguage,
  SourceId,
  State,
} from './nouns.ts';

/** Time comes in from outside, so that a test can hold it still. */
export interface Clock {
  now(): Instant;
}

// ---------------------------------------------------------------------------------------------------------------------
// Sources: an opened connector

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

/** An item that could not be understood. Skipped with its reason; the page goes on. */
export interface SkippedItem {
  nativeId?: string;
  reason: string;
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
}

/** What happened at the source to a mention we hold. */
export type Recheck =
  | { nativeId: string; now: 'same' | 'gone' }
  | { nativeId: string; now: 'edited'; found: FoundMention };

/** How a second send with the same key is prevented. */
export type ReplyAbility =
  | { once: 'platform-key'; keyValidMs: number; send(order: ReplyOrder, signal: AbortSignal): Promise<Posted> }
  | {
      once: 'look-up';
      send(order: ReplyOrder, signal: AbortSignal): Promise<Posted>;
      find(order: ReplyOrder, signal: AbortSignal): Promise<Posted | null>;
    }
  | { once: 'cannot'; send(order: ReplyOrder, signal: AbortSignal): Promise<Posted> };

/** What a source costs in a calendar month (UTC), in US dollars, by the prices in its options. */
export interface Spending {
  /** yyyy-mm */
  month: string;
  spentUsd: number;
  /** At the end of the month, if it goes on like this. */
  expectedUsd: number;
  /** Nothing is asked or sent beyond it. */
  budgetUsd: number;
  /** When the budget is used up, if it goes on like this and that is before the month ends. */
  usedUpAt?: Instant;
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

// ---------------------------------------------------------------------------------------------------------------------
// The store

/** A page to be saved: all of it or nothing. */
export interface PageToSave {
  source: SourceId;
  connector: string;
  sample: boolean;
  found: FoundMention[];
  /** Left out for live messages, which have no cursor. */
  cursor?: unknown;
  coverage?: CoverageSpan[];
  skipped?: SkippedItem[];
  at: Instant;
}

/** `changed` are edits of known mentions: their text is replaced and they go back to `heard`. */
export interface Saved {
  added: MentionId[];
  changed: MentionId[];
  known: number;
}

/** Which mentions, in which order. Keyset paging: `after` is the `next` of the page before. */
export interface QueueQuery {
  states?: readonly State[];
  problemTypes?: readonly string[];
  priorities?: readonly Priority[];
  sources?: readonly SourceId[];
  langs?: readonly string[];
  assignee?: string;
  unsure?: boolean;
  /** At least this scam score. */
  scamAtLeast?: number;
  /** Words, also inside Chinese sentences. All of them must occur. */
  search?: string;
  /** `urgency`: urgent first, then who waits longest. `newest`: last heard first. */
  order?: 'urgency' | 'newest';
  limit: number;
  after?: string;
}

/** One row of the queue. */
export interface QueueRow {
  mention: Mention;
  assessment?: Assessment;
  draft?: Draft;
}

/** A mention that a stage took to work on. */
export interface ClaimedRow extends QueueRow {
  /** What we said to others in the same thread: posted, or on its way out. Empty for classify. */
  said: readonly string[];
}

export interface QueuePage {
  rows: QueueRow[];
  next?: string;
}

/** How many wait where. */
export interface Counts {
  byState: Partial<Record<State, number>>;
  urgent: number;
  byAssignee: Record<string, number>;
  scam: number;
  sample: number;
}

/** Everything about one mention. */
export interface Case {
  mention: Mention;
  assessment?: Assessment;
  /** Newest revision last. */
  drafts: Draft[];
  /** The approval that stands, if one does. */
  approval?: Approval;
  receipt?: Receipt;
  /** Other messages of the same thread that we hold, oldest first, this one included. */
  conversation: Mention[];
  /** What we said to others in the same thread: posted, or on its way out. */
  said: readonly string[];
  history: AuditEvent[];
}

/** One decision as an event: who, when, what, before and after. Append-only and hash-chained. */
export interface AuditEvent {
  seq: number;
  at: Instant;
  actor: string;
  /** Stable word: `approved`, `dismissed`, `posted`, `corrected` … */
  action: string;
  /** A mention id, source id or setting. */
  subject: string;
  detail: Record<string, unknown>;
  /** Hash of this event and the one before it, hex. */
  hash: string;
}

export type NewAuditEvent = Omit<AuditEvent, 'seq' | 'hash'>;

/**
 * A change of one mention, all in one transaction, refused with `Conflict` when `expectedVersion` is not the stored one
 * and with `Refused` when the table of moves forbids it.
 */
export interface Decision {
  mentionId: MentionId;
  expectedVersion: number;
  to?: State;
  assignee?: string | null;
  snoozedUntil?: Instant | null;
  draft?: Draft;
  assessment?: Assessment;
  approval?: ApprovedReply;
  /** With `approval`: it is not sent before this, so that it can still be taken back. Default: at once. */
  sendNotBefore?: Instant;
  /** A person's word that the reply is out, for `by-hand` and `unsure`. */
  receipt?: Receipt;
  audit: NewAuditEvent;
}

export type ApprovalState = 'approved' | 'sending' | 'posted' | 'failed' | 'unsure' | 'by-hand' | 'void';

/** An approved reply with where it stands on its way out. */
export interface Approval {
  reply: ApprovedReply;
  state: ApprovalState;
  attempts: number;
  /** Not before this. */
  notBefore: Instant;
  firstTriedAt?: Instant;
  /** Why it failed, is unsure or void, for people. */
  reason?: string;
  /** While `sending`: past this, the sender is taken for dead and the outcome for unknown. */
  leaseUntil?: Instant;
}

/** A step of the outbox. `from` is compared, `to` is set, in one transaction with the mention's state and the audit. */
export interface OutboxStep {
  key: string;
  from: ApprovalState;
  to: ApprovalState;
  reason?: string;
  notBefore?: Instant;
  leaseUntil?: Instant;
  receipt?: Receipt;
  audit: NewAuditEvent;
}

/** A correction by a person: an example to learn from. */
export interface Correction {
  mentionId: MentionId;
  text: string;
  from: string;
  to: string;
  by: string;
  at: Instant;
}

/** What changed, for live views. An empty list of ids means "look again". */
export interface Change {
  mentions: MentionId[];
  sources: boolean;
}

export interface ReportRow {
  /** Start of the UTC day. */
  day: Instant;
  problemType: string;
  source: SourceId;
  lang: string;
  heard: number;
  posted: number;
  dismissed: number;
}

/** The records. One contract suite (test/contract/stores.test.ts) runs over every engine. */
export interface Store {
  // collect
  /** Mentions and cursor in one commit; unique by connector and native id. */
  savePage(page: PageToSave): Promise<Saved>;
  cursor(source: SourceId): Promise<unknown | undefined>;
  /** Native ids among these that are stored already, for connectors that read until known. */
  known(connector: string, nativeIds: readonly string[]): Promise<Set<string>>;
  saveStatus(status: Omit<SourceStatus, 'stored' | 'skipped'>): Promise<void>;
  statuses(): Promise<SourceStatus[]>;
  coverage(source: SourceId): Promise<CoverageSpan[]>;
  /** Erases the author, text and everything derived, keeps the fact. For deletions at the source. */
  erase(connector: string, nativeIds: readonly string[], audit: NewAuditEvent): Promise<number>;
  /** Removes all sample mentions and their traces from the queue. */
  removeSample(audit: NewAuditEvent): Promise<number>;

  // classify, draft: work is claimed with a lease, so that two processes never do the same
  claim(
    stage: 'classify' | 'draft',
    worker: string,
    limit: number,
    leaseMs: number,
    now: Instant,
  ): Promise<ClaimedRow[]>;
  /** Skips a mention whose version changed since it was claimed. `trouble` leaves it to a person. */
  saveAssessments(rows: readonly { id: MentionId; version: number; assessment: Assessment }[]): Promise<void>;
  saveDrafts(rows: readonly { id: MentionId; version: number; draft?: Draft; trouble?: string }[]): Promise<void>;

  // review
  queue(query: QueueQuery): Promise<QueuePage>;
  counts(now: Instant): Promise<Counts>;
  /** By id or by an unambiguous beginning of at least 4 characters. */
  find(idOrPrefix: string): Promise<Case | undefined>;
  decide(decision: Decision): Promise<Mention>;
  /** Snoozed mentions whose time has come, moved back to where they were. Returns how many. */
  wake(now: Instant): Promise<number>;
  saveCorrection(correction: Correction): Promise<void>;
  corrections(): Promise<Correction[]>;

  // post
  outbox(states: readonly ApprovalState[], limit: number): Promise<Approval[]>;
  /** False when somebody else took the step. */
  step(step: OutboxStep): Promise<boolean>;

  // watch over it
  audit(after: number, limit: number): Promise<AuditEvent[]>;
  appendAudit(event: NewAuditEvent): Promise<void>;
  report(from: Instant, to: Instant): Promise<ReportRow[]>;
  /** Calls back after each commit, also of other processes on the same store. Returns how to stop. */
  watch(onChange: (change: Change) => void): () => void;
  /** Writes a consistent copy to a file while running, and returns its size in bytes. */
  backup(file: string): Promise<number>;
  /** Engine and version in words. */
  describe(): Promise<string>;
  close(): Promise<void>;
}

// ---------------------------------------------------------------------------------------------------------------------
// Sorting and drafting

/** What a verdict may rest on: the words, who wrote them and where. */
export interface ToClassify {
  text: string;
  author?: { handle?: string; name?: string };
  langHint?: string;
}

export interface Classifier {
  /** Lexicon, rules and model together. */
  readonly version: string;
  classify(post: ToClassify, now: Instant): Assessment;
}

/** The names that templates may use, from the workspace. */
export interface Facts {
  product: string;
  /** Official places only; drafts link nowhere else. */
  helpUrl?: string;
  supportEmail?: string;
  appFeedbackPath?: string;
  signature?: string;
  allowedLinks: readonly string[];
}

/** Chooses, fills and checks a template. */
export interface TemplateBook {
  /** @param options.said texts of ours in the same thread, which are not said again */
  draft(
    mention: Mention,
    assessment: Assessment,
    now: Instant,
    options?: { templateId?: string; said?: readonly string[] },
  ): Draft | { none: string };
  /** The other templates a reviewer may switch to, best first. */
  choices(mention: Mention, assessment: Assessment): { id: string; title: string }[];
  /** Guard rails and length over any text: drafted, edited or about to be approved. */
  check(
    mention: Mention,
    assessment: Assessment | undefined,
    text: string,
    lang: ReplyLanguage,
    said?: readonly string[],
  ): Pick<Draft, 'checks' | 'length'>;
}

/** Called when a source fails in a way that needs a person. */
export interface Notifier {
  sourceFailed(source: SourceId, failure: ConnectorError): void;
}
