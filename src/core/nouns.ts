/**
 * The nouns of the business. Data only: no methods, no I/O, no packages.
 *
 * Every instant is a number of milliseconds since 1970-01-01 UTC, so that a value survives JSON, both databases and the
 * browser unchanged. Every offset into a text is in UTF-16 units of that text as given.
 */

/** Milliseconds since 1970-01-01 UTC. */
export type Instant = number;

/** 16 characters of Crockford base 32 made of connector and native id: the same mention has the same id in every store. */
export type MentionId = string;

/** The id of a source in the workspace: one configured use of a connector, such as "help-forum". */
export type SourceId = string;

/** Who wrote a mention, as the platform knows them. Never joined with a person on another platform. */
export interface Author {
  /** The platform's id where there is one, else the handle. */
  id: string;
  handle?: string;
  name?: string;
  url?: string;
}

/** What came with a mention: `url` where it lies on the web, `file` where we keep it, or only a description of what we do not. */
export interface Attachment {
  url?: string;
  /** The name under which we keep it, from `KeepAttachments`. */
  file?: string;
  type?: string;
  description?: string;
  /** In pixels, of a picture that we keep. */
  width?: number;
  height?: number;
}

/**
 * May we answer here, and how? `by-hand` carries the reason a person needs ("a feed has no way to answer"), and `never`
 * the rule that forbids it.
 */
export type ReplyPermission = { how: 'api' } | { how: 'by-hand'; why: string } | { how: 'never'; why: string };

/** What a connector hands over: one message about the product or addressed to us, in our words instead of the platform's. */
export interface FoundMention {
  /** The platform's own id, as text. With the connector's id it makes the mention unique. */
  nativeId: string;
  author: Author;
  /** Plain text, whole. Titles come first, on a line of their own. */
  text: string;
  /** When it was said. A connector that does not know leaves it out, and the time it was heard stands in. */
  saidAt?: Instant;
  editedAt?: Instant;
  /** Where a person can read it. Only http and https survive. */
  url?: string;
  /** The same for all messages of one thread. */
  conversationId?: string;
  /** Native id of the message that this one answers. */
  parentId?: string;
  /** What the connector needs to answer here. Opaque to everybody else. */
  replyRef?: string;
  permission: ReplyPermission;
  /** Where it was first said, when that is not the connector itself: an imported tweet has the platform `twitter`. */
  platform?: string;
  /** The room, channel, forum or feed, in words a person recognises: "r/wallets", "#help". */
  place?: string;
  attachments?: Attachment[];
  /** A language the platform names (BCP 47). A hint only: `classify` decides. */
  langHint?: string;
}

/** An item that could not be understood. Skipped with its reason; the page goes on. */
export interface SkippedItem {
  nativeId?: string;
  reason: string;
}

/** The state of a mention. Which may follow which stands in `moves.ts`. */
export type State =
  | 'heard'
  | 'assessed'
  | 'drafted'
  | 'approved'
  | 'sending'
  | 'posted'
  | 'failed'
  | 'unsure'
  | 'by-hand'
  | 'dismissed'
  | 'escalated'
  | 'snoozed'
  | 'erased';

/** One message that was heard, with where it stands. */
export interface Mention extends Omit<FoundMention, 'saidAt' | 'platform' | 'attachments'> {
  id: MentionId;
  connector: string;
  /** The source that found it first. */
  source: SourceId;
  platform: string;
  saidAt: Instant;
  heardAt: Instant;
  attachments: Attachment[];
  /** Invented, to look around with. Marked everywhere, and removed in one go. */
  sample: boolean;
  state: State;
  /** Goes up by one with every change, so that a decision on an older view can be refused. */
  version: number;
  assignee?: string;
  snoozedUntil?: Instant;
  /** One approval of two. Nothing is sent by it; any change of what it saw takes it away. */
  firstApproval?: FirstApproval;
  /** Somebody is writing a reply here, until the lease runs out. */
  hold?: Hold;
  /** When its author last wrote again after our answer. */
  cameBackAt?: Instant;
  /** A person confirmed its author as a scammer. */
  confirmedScammer?: true;
  /** What went wrong in classify or draft, for the person who takes over. */
  trouble?: string;
}

/** The first of the two approvals that a regulated lane asks for, bound to what its person saw. */
export interface FirstApproval {
  by: string;
  /** Who it is, whatever they are called. See `Actor`. */
  person?: string;
  at: Instant;
  revision: number;
  fingerprint: string;
}

/** A claim on a mention as a lease: nobody else decides about it until it is given back or has run out. */
export interface Hold {
  by: string;
  until: Instant;
}

/** Why an approval no longer stands. */
export const VOID_CODES = [
  'new-message',
  'edited-at-source',
  'colleague-answered',
  'draft-edited',
  'template-changed',
  'permission-changed',
  'account-changed',
  'cannot-reply',
  'changed',
] as const;
export type VoidCode = (typeof VOID_CODES)[number];

/** The languages that Earshot tells apart. `mixed` is Chinese and English in one post; `other` is none of ours. */
export type Language = 'zh-Hans' | 'zh-Hant' | 'en' | 'mixed' | 'other';

/** The languages a draft can be written in. */
export type ReplyLanguage = 'zh-Hans' | 'zh-Hant' | 'en';

/** Shown and sorted in this order: the first is worked on first. */
export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Who spoke for a verdict. */
export type Voice = 'lexicon' | 'grammar' | 'model' | 'rule';

/** A span of the mention's text that carried a verdict. `start` and `end` are UTF-16 offsets; `end` is exclusive. */
export interface Evidence {
  text: string;
  start: number;
  end: number;
  voice: Voice;
  /** How strongly it spoke, positive for the verdict, in the voice's own unit. */
  weight: number;
  /** What it spoke for, such as a problem type, `urgent` or `scam`. */
  speaksFor: string;
}

/** Which personal data a span holds. */
export type PersonalKind =
  | 'card-number'
  | 'identity-number'
  | 'phone'
  | 'email'
  | 'one-time-code'
  | 'seed-phrase'
  | 'wallet-address'
  | 'order-id';

export interface PersonalSpan {
  kind: PersonalKind;
  start: number;
  end: number;
}

/** One problem type with its calibrated confidence, 0 to 1. */
export interface Verdict {
  type: string;
  confidence: number;
}

export type Sentiment = 'negative' | 'neutral' | 'positive';

/** From this score on a mention counts as a likely scam: it is shown, counted and answered as one. */
export const LIKELY_SCAM = 0.5;

/** From this confidence on another type is a second problem of the mention, not a doubt about the first. */
export const ALSO_ABOUT = 0.35;

/** What we make of a mention, and why. */
export interface Assessment {
  /** The most likely problem type. It decides the draft. */
  problemType: string;
  confidence: number;
  /** True when the voices disagree or the confidence is low: a person should look before anything else. */
  unsure: boolean;
  /** Others worth showing, most likely first: further problems that a sentence names, and what it could be instead. */
  others: Verdict[];
  priority: Priority;
  /** Sentences without names or numbers of the author: "Says that money is being taken now". */
  priorityReasons: string[];
  lang: Language;
  sentiment: Sentiment;
  /** 0 to 1: how much it looks like a scam or an impersonation of us. */
  scam: number;
  scamReasons: string[];
  personal: PersonalSpan[];
  evidence: Evidence[];
  /** Version of lexicon, rules and model together, so that an old verdict can be told from a new one. */
  classifier: string;
  at: Instant;
}

/** One guard rail or measure and its outcome. A draft with a failed check cannot be approved. */
export interface Check {
  /** Stable name, such as `no-secret-asked`, `length`, `no-promise`. */
  name: string;
  ok: boolean;
  /** For the reviewer: what was found and what to do. Empty when ok. */
  why: string;
}

/** A reply to one mention, not yet said. Revisions are added, never overwritten. */
export interface Draft {
  mentionId: MentionId;
  /** 1 for the first; with the mention's id it makes the key that posting uses. */
  revision: number;
  text: string;
  lang: ReplyLanguage;
  /** The same in the other language, for a reviewer who does not read the author's. */
  twin?: string;
  /**
   * Template path and hash of its text, and the help articles that it rests on; none when a person wrote it, or it is the
   * reply to everybody of an incident.
   */
  template?: { id: string; version: string; articles?: string[] };
  checks: Check[];
  /** Length in the platform's own counting, and the most it takes. */
  length: { used: number; max: number };
  /** `earshot` for a filled template, else the person's name. */
  by: string;
  at: Instant;
}

/** Guards the type: only `stages/review` makes one (see test/boundaries.test.ts), only the store reads it back. */
declare const approved: unique symbol;

/** A reply that a named person let out. Bound by its fingerprint to exactly what they saw. */
export interface ApprovedReply {
  readonly [approved]: true;
  /** Mention id and draft revision. The same over restarts, new when the text changes. */
  readonly key: string;
  readonly mentionId: MentionId;
  readonly revision: number;
  readonly text: string;
  /** Who let it out: of two, the second. */
  readonly approver: string;
  /** Of two, the first. */
  readonly firstApprover?: string;
  readonly approvedAt: Instant;
  /** Hash of text, target, account and thread state. See `fingerprint.ts`. */
  readonly fingerprint: string;
  /** `api`: the connector sends it. `by-hand`: a person posts it and tells us. */
  readonly how: 'api' | 'by-hand';
}

/** How we know that a reply is out. */
export type ReceiptProof = 'answer' | 'nonce' | 'look-up' | 'person';

/** What was posted, where and when. */
export interface Receipt {
  key: string;
  mentionId: MentionId;
  nativeId?: string;
  url?: string;
  postedAt: Instant;
  proof: ReceiptProof;
  /** The person who confirmed it, for `person`. */
  confirmedBy?: string;
  /** When we saw that it is not there any more: a moderator took it away, or one of us. */
  removedAt?: Instant;
}
