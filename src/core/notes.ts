/** What people of the team write to each other about a mention. Data only. */
import type { Instant, MentionId } from './nouns.ts';
import type { NewAuditEvent } from './records.ts';

/**
 * A note on a mention, for colleagues. It is no part of a `Case`, so that nothing which makes, approves or sends a reply
 * ever holds one.
 */
export interface Note {
  id: string;
  mentionId: MentionId;
  by: string;
  /** Who that is, whatever they are called. See `Actor`. */
  person?: string;
  text: string;
  at: Instant;
  editedAt?: Instant;
  /** Taken away at this time. Its words stay for a moment, so that this can be undone; they are never shown. */
  removedAt?: Instant;
}

export interface NoteStore {
  /** Those on one mention that were not taken away, oldest first. */
  notes(mentionId: MentionId): Promise<Note[]>;
  /** One of them, also one that was taken away, as long as its words are there. */
  note(id: string): Promise<Note | undefined>;
  /**
   * Adds a note, or changes one: its text, or whether it was taken away. The mention keeps its version: who writes a note
   * has decided nothing.
   *
   * @throws Refused `unknown-mention` when it is erased or not here
   */
  saveNote(note: Note, audit: NewAuditEvent): Promise<void>;
  /** Overwrites what was taken away before `at`. Returns how many notes. */
  forgetNotes(at: Instant): Promise<number>;
}
