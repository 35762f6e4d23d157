import type { Insertable, Selectable } from 'kysely';
import { Refused } from '../../core/failures.ts';
import type { Note, NoteStore } from '../../core/notes.ts';
import type { Instant } from '../../core/nouns.ts';
import type { NewAuditEvent } from '../../core/ports.ts';
import { clean, instant } from '../clean.ts';
import type { Engine } from '../engine.ts';
import type { NoteTable } from '../migrations/triage-schema.ts';

/** Notes over any engine. What each function promises stands in `core/notes.ts`. */
export function noteStore(engine: Engine): NoteStore {
  return {
    async notes(mentionId) {
      const rows = await engine.read
        .selectFrom('note')
        .selectAll()
        .where('mention_id', '=', mentionId)
        .where('removed_at', 'is', null)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(noteOf);
    },
    async note(id) {
      const row = await engine.read.selectFrom('note').selectAll().where('id', '=', id).executeTakeFirst();
      return row && noteOf(row);
    },
    saveNote: (note, audit) => saveNote(engine, note, audit),
    forgetNotes: (at) => forgetNotes(engine, at),
  };
}

function saveNote(engine: Engine, note: Note, audit: NewAuditEvent): Promise<void> {
  return engine.write(async (tx, touched) => {
    // Held until the commit, so that no note is written under a mention that is being erased.
    const mention = await tx
      .selectFrom('mention')
      .select('state')
      .where('id', '=', note.mentionId)
      .forUpdate()
      .executeTakeFirst();
    if (!mention || mention.state === 'erased') {
      throw new Refused('unknown-mention', `There is no mention ${note.mentionId} here. It may have been erased.`);
    }
    const row = rowOf(note);
    await tx
      .insertInto('note')
      .values(row)
      .onConflict((c) => c.column('id').doUpdateSet(row))
      .execute();
    touched.mentions.add(note.mentionId);
    touched.events.push(audit);
  });
}

async function forgetNotes(engine: Engine, at: Instant): Promise<number> {
  const due = await engine.read
    .selectFrom('note')
    .select('id')
    .where('removed_at', '<', at)
    .limit(1)
    .executeTakeFirst();
  if (!due) return 0;
  const { numDeletedRows } = await engine.write((tx) =>
    tx.deleteFrom('note').where('removed_at', '<', at).executeTakeFirstOrThrow(),
  );
  await engine.scrub();
  return Number(numDeletedRows);
}

function noteOf(row: Selectable<NoteTable>): Note {
  return {
    id: row.id,
    mentionId: row.mention_id,
    by: row.by,
    ...(row.person_id !== null && { person: row.person_id }),
    text: row.text,
    at: row.at,
    ...(row.edited_at !== null && { editedAt: row.edited_at }),
    ...(row.removed_at !== null && { removedAt: row.removed_at }),
  };
}

function rowOf(note: Note): Insertable<NoteTable> {
  return {
    id: note.id,
    mention_id: note.mentionId,
    by: clean(note.by),
    person_id: note.person ?? null,
    text: clean(note.text),
    at: instant(note.at, 0),
    edited_at: note.editedAt === undefined ? null : instant(note.editedAt, 0),
    removed_at: note.removedAt === undefined ? null : instant(note.removedAt, 0),
  };
}
