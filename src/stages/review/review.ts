import type { Note } from '../../core/notes.ts';
import type { Draft, Hold, Instant, MentionId, VoidCode } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import type { Actor } from '../../core/rights.ts';
import type { Voided } from './voided.ts';

/** What stands before a decision about a reply, and what approving now would do. */
export interface Outlook {
  /** The lane asks for two people. */
  needsTwo: boolean;
  /** When a reply that is approved now would go out. */
  sendAt: Instant;
  /** An approval that something took away, and nobody has seen to since. */
  voided?: Voided;
  /** What changed under a reply that waits to be posted by hand. */
  changed?: VoidCode;
}

/** Every decision names the mention, the version of it that the person saw, and the person. */
export interface Asked {
  mentionId: MentionId;
  version: number;
  /**
   * Who decides. The name is recorded in the audit, so never empty. A bare name is for programs that whoever runs Earshot
   * runs themselves, such as the command line: everything is allowed to it.
   */
  by: string | Actor;
}

/**
 * All that a person can decide about a mention. Each returns the case as it stands afterwards.
 *
 * @throws Conflict when somebody changed the mention since `version`.
 * @throws Refused `unknown-mention`, `no-name`, `no-right`, `held` (somebody else is writing there), `not-from-here` (the
 * state forbids it), or what the method names.
 */
export interface Review {
  /**
   * Lets the latest draft out. Guard rails are run again over it. In a regulated lane the first approval only marks the
   * mention (`firstApproval`); the second, by another person, lets it out. `sendAt` puts sending off, up to a
   * month; `notBefore` spreads many replies over time, and quiet hours hold all the same.
   * @throws Refused `check-failed`, `no-draft`, `not-latest`, `posted-already`, `reply-forbidden`, `template-changed`,
   * `second-person`, `second-role`, `bad-time`.
   */
  approve(asked: Asked & { revision: number; sendAt?: Instant | undefined; notBefore?: Instant }): Promise<Case>;
  /**
   * A new revision with the person's own text, checked. A text with a failed check is kept, and cannot be approved.
   * @throws Refused `empty-text`, `text-too-long`, `not-assessed`.
   */
  edit(asked: Asked & { text: string }): Promise<Case>;
  /**
   * A new revision from another template. `again`: also for a mention that is answered, as a second reply to it.
   * @throws Refused `no-template` with the reason, `not-assessed`.
   */
  useTemplate(asked: Asked & { templateId: string; again?: boolean }): Promise<Case>;
  /** No reply needed. @throws Refused `unknown-reason`. */
  dismiss(asked: Asked & { reason: string; note?: string | undefined }): Promise<Case>;
  /** Comes back at `until`. @throws Refused `bad-time` when that is past or more than a year away. */
  snooze(asked: Asked & { until: Instant }): Promise<Case>;
  /** Gives it to a person, or with null to nobody. */
  assign(asked: Asked & { to: string | null }): Promise<Case>;
  /** Hands it to whoever decides beyond the inbox. */
  escalate(asked: Asked & { note?: string | undefined }): Promise<Case>;
  /**
   * Says what the mention is really about: kept as an example to learn from, and drafted again.
   * @throws Refused `unknown-problem-type`, `not-assessed`.
   */
  correct(asked: Asked & { problemType: string }): Promise<Case>;
  /**
   * Takes the last decision back that still stands: an approval until it is being sent, a dismissal, a snooze, an
   * escalation, a correction, an assignment, an edit, another template; for ten minutes also what a person said became of a
   * reply. Asked again, the one before that.
   * @param asked.action only if that is what this person decided last here, such as `dismissed`
   * @throws Refused `too-late` when the reply is on its way, `nothing-to-undo`, `decided-since`.
   */
  undo(asked: Asked & { action?: string | undefined }): Promise<Case>;
  /** A person posted it by hand. @throws Refused `bad-url` when the address is not http or https. */
  confirmPosted(asked: Asked & { url?: string | undefined }): Promise<Case>;
  /** A person looked whether a reply of unknown outcome is out. @throws Refused `bad-url`, `too-late`. */
  settle(asked: Asked & { outcome: 'posted' | 'not-posted'; url?: string | undefined }): Promise<Case>;
  /**
   * The author says whether our answer solved it, and may say something else later. A no brings the mention back to people.
   * @throws Refused `not-answered`.
   */
  feedback(asked: { mentionId: MentionId; solved: boolean }): Promise<Case>;
  /** Approves a failed reply once more, as it is. Throws what `approve` throws. */
  retry(asked: Asked): Promise<Case>;
  /** Guard rails and length over a text that is still being typed. Changes nothing. */
  check(asked: { mentionId: MentionId; text: string }): Promise<Pick<Draft, 'checks' | 'length'>>;
  /** Writes a note for colleagues. It is never part of a reply. @throws Refused `empty-text`, `text-too-long` */
  note(asked: { mentionId: MentionId; by: string | Actor; text: string }): Promise<Note>;
  /** Of one's own only. @throws Refused `unknown-note`, `not-yours`, and what `note` throws */
  editNote(asked: { noteId: string; by: string | Actor; text: string }): Promise<Note>;
  /** Takes one's own note away, or with `back`, some minutes long, brings it back. @throws Refused `unknown-note`, `not-yours` */
  removeNote(asked: { noteId: string; by: string | Actor; back?: boolean | undefined }): Promise<Note>;
  /** Holds a mention while somebody writes, for a minute and a half. The hold that stands may be another person's. */
  hold(asked: { mentionId: MentionId; by: string | Actor; takeOver?: boolean | undefined }): Promise<Hold>;
  release(asked: { mentionId: MentionId; by: string | Actor }): Promise<void>;
  /** What approving now would do, and what became of an approval before. Changes nothing. */
  outlook(seen: Case): Outlook;
}
