/** What happens below our answers: the author comes back, or a scammer appears. Data only. */
import type { MentionId, SourceId } from './nouns.ts';
import type { NewAuditEvent, QueueRow } from './records.ts';

/**
 * What a message below our answer is. Of its author: `solved`, `asks-again`, or `came-back` where it is neither. Of
 * somebody else: `scammer`.
 */
export const FOLLOW_UPS = ['solved', 'asks-again', 'came-back', 'scammer'] as const;
export type FollowUpKind = (typeof FOLLOW_UPS)[number];

/** A message that came after an answer of ours, in the same conversation. */
export interface FollowUp {
  answered: MentionId;
  row: QueueRow;
  /** Written by the author whom we answered; else by a likely or confirmed scammer. */
  byAuthor: boolean;
}

export interface AftercareStore {
  /**
   * Assessed messages heard since, below answers that are no older than `watchMs`, and not noted yet. In the order of
   * their arrival.
   */
  followUps(query: { since: number; watchMs: number; limit: number }): Promise<FollowUp[]>;
  /** Notes one, with its event under the answered mention, in one commit. False when it was noted before. */
  noteFollowUp(noted: {
    answered: MentionId;
    by: MentionId;
    kind: FollowUpKind;
    audit: NewAuditEvent;
  }): Promise<boolean>;
  /** Replies of ours that a source could be asked about: out since then, and not known to be removed. */
  repliesOut(query: { source: SourceId; since: number; limit: number }): Promise<ReplyOut[]>;
  /** A reply is not at the source any more, with its event, in one commit. False when that was known. */
  noteRemoved(noted: { key: string; answered: MentionId; audit: NewAuditEvent }): Promise<boolean>;
}

/** A reply of ours with the platform's own id. */
export interface ReplyOut {
  key: string;
  answered: MentionId;
  nativeId: string;
}
