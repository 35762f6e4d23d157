import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { dropEdit, noteKey } from '../hooks/edits.ts';
import { say } from '../hooks/notices.ts';
import { keepDetail, useMay } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { shortcutOf } from '../keys/key-table.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';
import { Ago } from '../ui/say-when.tsx';
import { Covered } from './covered.tsx';
import { NoteForm } from './note-form.tsx';
import { piecesOf } from './spans.ts';
import './notes.css';

type Note = Detail['notes'][number];

/** What colleagues wrote to each other. Looks like nothing that is ever said in public. */
export function Notes({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const may = useMay('triage');
  const { noting, setNoting } = useInbox();
  const { notes, mention } = detail;
  const keep = useNoteKeeper(detail);
  const writing = noting && may;
  if (notes.length === 0 && !may) return null;
  return (
    <section
      id="notes"
      className={notes.length > 0 || writing ? 'notes notes-some' : 'notes'}
      aria-label={t.triage.notes}
    >
      {(notes.length > 0 || writing) && (
        <p className="notes-title small">
          <strong>{t.triage.notes}</strong> <span className="soft">{t.triage.notesHint}</span>
        </p>
      )}
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <OneNote key={note.id} mentionId={mention.id} note={note} may={may} keep={keep} />
          ))}
        </ul>
      )}
      {writing ? (
        <NoteForm
          keptAs={noteKey(mention.id)}
          text=""
          onSave={async (text) => {
            if (await keep(api.addNote(mention.id, text), t.triage.noted)) setNoting(false);
          }}
          onLeave={() => setNoting(false)}
        />
      ) : (
        may && (
          <button
            type="button"
            className="link-button small"
            aria-keyshortcuts={shortcutOf('note')}
            onClick={() => setNoting(true)}
          >
            {t.triage.note} <KeyOf action="note" />
          </button>
        )
      )}
    </section>
  );
}

type Keep = (change: Promise<Detail>, text: string, undo?: () => void) => Promise<boolean>;

/** Shows what came of a change, and a way back where there is one. */
function useNoteKeeper(detail: Detail): Keep {
  const client = useQueryClient();
  const { t } = useWords();
  const { setWayBack } = useInbox();
  return async (change, text, undo) => {
    try {
      keepDetail(client, await change);
      if (undo) setWayBack({ id: detail.mention.id, run: undo });
      say({ kind: 'done', text, ...(undo && { action: { label: t.act.undo, key: 'z', run: undo } }) });
      return true;
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
      return false;
    }
  };
}

function OneNote({ mentionId, note, may, keep }: { mentionId: string; note: Note; may: boolean; keep: Keep }) {
  const { t, f } = useWords();
  const [editing, setEditing] = useState<string>();
  const { id, by, text, personal, at, editedAt, mine } = note;
  const reveal = async (start: number) => (await api.revealNote(mentionId, id, start)).text;
  const edit = async () => {
    try {
      setEditing(await whole(note, reveal));
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
  };
  const remove = () => {
    dropEdit(noteKey(mentionId, id));
    const back = () => void keep(api.restoreNote(mentionId, id), t.triage.noteBack);
    void keep(api.removeNote(mentionId, id), t.triage.noteGone, back);
  };
  return (
    <li className="note">
      <p className="small soft">
        <Icon name="person" size={12} /> <bdi className="thread-name">{by}</bdi> · <Ago at={at} />
        {editedAt !== undefined && ` · ${t.triage.noteEdited(f.dateTime(editedAt))}`}
        {mine && may && editing === undefined && (
          <span className="note-ways">
            <button type="button" className="link-button" onClick={() => void edit()}>
              {t.triage.noteEdit}
            </button>
            <button type="button" className="link-button" onClick={remove}>
              {t.triage.noteRemove}
            </button>
          </span>
        )}
      </p>
      {editing === undefined ? (
        <p className="outside note-text" dir="auto">
          {piecesOf(text, [], personal).map((piece) =>
            piece.personal ? (
              <Covered
                key={piece.start}
                text={piece.text}
                kind={piece.personal.kind}
                reveal={() => reveal(piece.start)}
              />
            ) : (
              piece.text
            ),
          )}
        </p>
      ) : (
        <NoteForm
          keptAs={noteKey(mentionId, id)}
          text={editing}
          onSave={async (next) => {
            if (await keep(api.editNote(mentionId, id, next), t.triage.noted)) setEditing(undefined);
          }}
          onLeave={() => setEditing(undefined)}
        />
      )}
    </li>
  );
}

/** One's own note as it was written: each covered piece is asked for, and that is recorded. */
async function whole({ text, personal }: Note, reveal: (start: number) => Promise<string>): Promise<string> {
  let known = text;
  for (const { start, end } of personal) known = known.slice(0, start) + (await reveal(start)) + known.slice(end);
  return known;
}
