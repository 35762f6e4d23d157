/** What we know about the author of a mention from the place where they wrote it. Data only. */
import type { Instant, MentionId, State } from './nouns.ts';
import type { QueueRow } from './records.ts';
import type { SuspectState } from './suspects.ts';

/** An author as one platform knows them. Never joined with anybody elsewhere, however much alike they look. */
export interface AuthorHere {
  connector: string;
  /** A file may hold posts of several platforms, and an id there is a name on each of them. */
  platform: string;
  /** As `Author.id`. */
  authorId: string;
}

/** Something we answered this author before. */
export interface EarlierAnswer {
  mentionId: MentionId;
  text: string;
  approver: string;
  postedAt: Instant;
  url?: string;
}

/** All that one author wrote where they wrote it, as far as it is held. */
export interface AuthorContext {
  /** How many other mentions of theirs stand where. */
  byState: Partial<Record<State, number>>;
  firstAt?: Instant;
  lastAt?: Instant;
  /** Other mentions of theirs, newest first. */
  rows: QueueRow[];
  /** What we said to them, newest first. */
  answers: EarlierAnswer[];
  /** What a person said of this account. */
  judged?: Exclude<SuspectState, 'suspected'>;
}

export interface AuthorStore {
  /** What this author wrote beside one mention, and what we answered; at most `limit` of each. */
  authorContext(author: AuthorHere & { but: MentionId; limit: number }): Promise<AuthorContext>;
}
