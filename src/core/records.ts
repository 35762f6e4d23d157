/** What the store takes and gives: pages, rows of the queue, cases, decisions, steps of a send, events of the log. */
import type { TakenMark } from './intake.ts';
import type {
  ApprovedReply,
  Assessment,
  Draft,
  FirstApproval,
  FoundMention,
  Instant,
  Mention,
  MentionId,
  Priority,
  Receipt,
  SkippedItem,
  SourceId,
  State,
} from './nouns.ts';
import type { CoverageSpan } from './source.ts';

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
  /** Posts of ours that were met: what was approved in their threads is void, what was posted by hand is read back. */
  own?: OwnPost[];
  /** When one of these was taken before, nothing of the page is saved. */
  once?: TakenMark[];
  at: Instant;
}

/** A post of our own account, or of a colleague's, as the platform shows it. */
export type OwnPost = Pick<FoundMention, 'nativeId' | 'conversationId' | 'parentId' | 'text' | 'url' | 'saidAt'>;

/** `changed` are edits of known mentions: their text is replaced and they go back to `heard`. */
export interface Saved {
  added: MentionId[];
  changed: MentionId[];
  known: number;
  /** One of `once` was taken before: with the same digest, or with another. */
  repeated?: 'same' | 'other';
}

/** Which mentions, in which order. Keyset paging: `after` is the `next` of the page before. */
export interface QueueQuery {
  states?: readonly State[];
  problemTypes?: readonly string[];
  priorities?: readonly Priority[];
  sources?: readonly SourceId[];
  langs?: readonly string[];
  /** Null: nobody's. */
  assignee?: string | null;
  /** What one author wrote on the platform of one connector: `is` is their id there, or their handle in any case. */
  author?: { connector: string; is: string };
  unsure?: boolean;
  /** Only those whose author wrote again after our answer. */
  cameBack?: true;
  /** Only those whose answer of ours is not there any more. */
  removed?: true;
  /** At least this scam score, or by a confirmed scammer. */
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

/** How many wait where. Of very many mentions, the closed ones (posted, dismissed, erased) may be an estimate. */
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
  /** One approval of two. Null takes it back; so does every draft, assessment, approval and move. */
  firstApproval?: FirstApproval | null;
  draft?: Draft;
  assessment?: Assessment;
  approval?: ApprovedReply;
  /** With `approval`: it is not sent before this, so that it can still be taken back. Default: at once. */
  sendNotBefore?: Instant;
  /** A person's word that the reply is out, for `by-hand` and `unsure`. */
  receipt?: Receipt;
  /** What a person says the mention is really about; `take-back` forgets the last such word about it. */
  correction?: Correction | 'take-back';
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
  /**
   * A person takes back what they said became of the reply: of the moves only those of `mayTakeBack` are allowed, and from
   * `posted` the receipt that rests on their word goes. False when the platform has shown meanwhile that it is out.
   */
  takesBack?: true;
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
  /** The assessment that was corrected, so that the correction can be taken back. */
  before?: Assessment;
}

/** A mention that a person set aside, with why: some reasons say what it is about. */
export interface Dismissal {
  mentionId: MentionId;
  text: string;
  /** The problem type it was taken for. */
  problemType: string;
  reason: string;
  by: string;
  at: Instant;
}

/** What the author of a mention says of our answer: "Did this solve it?" The last word counts. */
export interface Feedback {
  mentionId: MentionId;
  solved: boolean;
  /** With this reason a mention whose answer did not help comes back to people. */
  trouble: string;
  audit: NewAuditEvent;
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
  /** What authors said of our answers. */
  solved: number;
  unsolved: number;
  /** Their authors wrote again after our answer. */
  cameBack: number;
}

/** One thing that upkeep did: words for the log. */
export interface Upkeep {
  did: string;
  about: Record<string, string | number>;
}

/** How writing to the store has gone in this process. */
export interface StoreCondition {
  /** The last write was refused because the disk has no room left. */
  full: boolean;
  /** How long a commit took in the middle of the last ones, in milliseconds. Undefined where there were too few. */
  commitMs?: number;
}
