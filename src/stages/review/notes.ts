import { randomUUID } from 'node:crypto';
import { Refused } from '../../core/failures.ts';
import type { Note } from '../../core/notes.ts';
import type { MentionId } from '../../core/nouns.ts';
import type { NewAuditEvent } from '../../core/ports.ts';
import { type Actor, isSamePerson } from '../../core/rights.ts';
import { wellFormed } from './look-up.ts';
import type { ReviewParts } from './parts.ts';
import { actorOf, caseOf, mustMay } from './who.ts';

const TEXT_MAX = 4_000;
/** How long the words of a note that was taken away stay, so that it can be brought back. */
const KEPT_MS = 10 * 60_000;

type Parts = Pick<ReviewParts, 'store' | 'clock'>;
type By = string | Actor;

/** Writes a note for colleagues under a mention. It decides nothing, and goes nowhere. */
export async function addNote(parts: Parts, asked: { mentionId: MentionId; by: By; text: string }): Promise<Note> {
  const actor = writer(asked.by);
  const text = noteText(asked.text);
  await caseOf(parts.store, asked.mentionId);
  await forgetOld(parts);
  const note: Note = {
    id: randomUUID(),
    mentionId: asked.mentionId,
    by: actor.name,
    ...(actor.id !== undefined && { person: actor.id }),
    text,
    at: parts.clock.now(),
  };
  await parts.store.saveNote(note, auditOf(parts, note, actor, 'noted'));
  return note;
}

export async function editNote(parts: Parts, asked: { noteId: string; by: By; text: string }): Promise<Note> {
  const actor = writer(asked.by);
  const text = noteText(asked.text);
  const note: Note = { ...(await ownNote(parts, asked.noteId, actor)), text, editedAt: parts.clock.now() };
  if (note.removedAt !== undefined) throw unknownNote();
  await parts.store.saveNote(note, auditOf(parts, note, actor, 'note-edited'));
  return note;
}

/** Takes a note away, or with `back` brings it back, as long as its words are there. */
export async function removeNote(
  parts: Parts,
  asked: { noteId: string; by: By; back?: boolean | undefined },
): Promise<Note> {
  const actor = writer(asked.by);
  await forgetOld(parts);
  const { removedAt, ...note } = await ownNote(parts, asked.noteId, actor);
  if ((removedAt !== undefined) !== (asked.back === true)) throw unknownNote();
  const saved: Note = asked.back ? note : { ...note, removedAt: parts.clock.now() };
  await parts.store.saveNote(saved, auditOf(parts, note, actor, asked.back ? 'note-restored' : 'note-removed'));
  return saved;
}

/** Overwrites the words of notes that were taken away a while ago. */
export function forgetOld({ store, clock }: Parts): Promise<number> {
  return store.forgetNotes(clock.now() - KEPT_MS);
}

function writer(by: By): Actor {
  const actor = actorOf(by);
  mustMay(actor, 'triage');
  return actor;
}

/** @throws Refused `unknown-note`, `not-yours` */
async function ownNote({ store }: Parts, id: string, actor: Actor): Promise<Note> {
  const note = await store.note(id);
  if (!note) throw unknownNote();
  if (isSamePerson({ name: note.by, ...(note.person !== undefined && { id: note.person }) }, actor)) return note;
  throw new Refused('not-yours', `${note.by} wrote this note. Only its author changes it or takes it away.`);
}

const unknownNote = () => new Refused('unknown-note', 'This note is not there any more.');

/** @throws Refused `empty-text`, `text-too-long` */
function noteText(text: string): string {
  const clean = wellFormed(text).trim();
  if (clean === '') throw new Refused('empty-text', 'The note is empty. Write it, or leave it.');
  if (clean.length <= TEXT_MAX) return clean;
  throw new Refused('text-too-long', `The note has ${clean.length} characters; ${TEXT_MAX} fit. Make it shorter.`);
}

/** Never the note's words: the log outlives an erasure. */
function auditOf({ clock }: Parts, { id, mentionId }: Note, actor: Actor, action: string): NewAuditEvent {
  return { at: clock.now(), actor: actor.name, action, subject: mentionId, detail: { noteId: id } };
}
