/** Impersonators and recovery scammers: what a person says of an account, and what the records promise. Data only. */
import type { Instant, Mention } from './nouns.ts';
import type { NewAuditEvent, QueueRow } from './records.ts';

/** One account on the platform of one connector. It is never joined with an account elsewhere. */
export interface Account {
  connector: string;
  /** As `Author.id`. */
  authorId: string;
}

/** `suspected`: something that they wrote looks like a scam, and nobody has said anything yet. */
export const SUSPECT_STATES = ['suspected', 'confirmed', 'cleared'] as const;
export type SuspectState = (typeof SUSPECT_STATES)[number];

/** An account that looks like a scammer, or about which a person has said whether it is one. */
export interface Suspect extends Account {
  state: SuspectState;
  /** The person who confirmed or cleared it, and when. */
  by?: string;
  at?: Instant;
  /** How many of their posts we hold, and how many of them look like a scam. */
  posts: number;
  likely: number;
  /** The highest score of all, 0 to 1. */
  scam: number;
  firstAt: Instant;
  lastAt: Instant;
  /** Their newest post. */
  latest: QueueRow;
}

/** How much a name is made to be taken for one of ours, 0 to 1, and why. */
export interface LookAlike {
  score: number;
  reason: string;
}

/** A post of theirs, with the message under which it appeared where we hold that. */
export interface SuspectPost {
  row: QueueRow;
  under?: Mention;
}

/** All about one suspect: the evidence, newest first. */
export interface SuspectFile {
  suspect: Suspect;
  lookAlike?: LookAlike;
  posts: SuspectPost[];
}

export interface SuspectChange extends Account {
  /** What the person saw. */
  from: SuspectState;
  to: SuspectState;
  audit: NewAuditEvent;
}

export interface SuspectStore {
  /**
   * Those with a likely scam among their posts, and those whom somebody judged, last heard first. Whoever has no post left
   * here is not among them; what was said of them stays, so that their next post is known.
   */
  suspects(query: { states?: readonly SuspectState[]; limit: number }): Promise<Suspect[]>;
  /** One account, whoever it is. Undefined when no post of theirs is held. */
  suspect(account: Account): Promise<Suspect | undefined>;
  /**
   * What a person says of an account, with its event, in one commit. All posts of a confirmed one carry `confirmedScammer`
   * from then on, those to come as well.
   *
   * @throws Conflict when the account does not stand at `from` any more
   */
  judgeSuspect(change: SuspectChange): Promise<void>;
}
