import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { dropEdit, editOf, keepEdit, useUnkept } from '../hooks/edits.ts';
import { useWords } from '../i18n/index.tsx';
import { isPressed, shortcutOf } from '../keys/key-table.ts';
import { KeyOf } from '../ui/key.tsx';

interface Props {
  /** Under which name what is typed is kept until it is saved. */
  keptAs: string;
  text: string;
  onSave(text: string): Promise<void>;
  onLeave(): void;
}

/** Writes a note. What is typed is kept on this machine at once. */
export function NoteForm({ keptAs, text: before, onSave, onLeave }: Props) {
  const { t } = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [text, setText] = useState(() => editOf(keptAs)?.text ?? before);
  const unkept = useUnkept();
  useEffect(() => {
    field.current?.focus();
    field.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const write = (next: string) => {
    setText(next);
    if (next.trim() === '' || next === before) dropEdit(keptAs);
    else keepEdit(keptAs, { text: next, revision: 0 });
  };
  const save = async () => {
    if (text.trim() === '') return;
    await onSave(text);
    dropEdit(keptAs);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (isPressed(event, 'save') || isPressed(event, 'approveInEditor')) {
      event.preventDefault();
      void save();
    } else if (isPressed(event, 'leave')) {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label className="unseen" htmlFor={id}>
        {t.triage.noteText}
      </label>
      <textarea
        ref={field}
        id={id}
        className="draft-field note-field"
        dir="auto"
        rows={2}
        maxLength={4000}
        value={text}
        placeholder={t.triage.notesHint}
        aria-keyshortcuts={shortcutOf('save')}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {unkept && <p className="small draft-kept">{t.triage.unkept}</p>}
      <p className="note-ways">
        <Button type="submit" size="xs" disabled={text.trim() === ''} rightSection={<KeyOf action="save" />}>
          {t.triage.noteSave}
        </Button>
        <Button type="button" size="xs" variant="default" onClick={onLeave} rightSection={<KeyOf action="leave" />}>
          {t.triage.noteCancel}
        </Button>
      </p>
    </form>
  );
}
