import { useEffect, useRef, useState } from 'react';
import type { Detail } from '../../api.ts';
import { dropEdit, editOf, keepEdit, useUnkept } from '../hooks/edits.ts';
import { useKnownMe } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { isPressed, shortcutOf } from '../keys/key-table.ts';
import { useApprove } from './use-approve.ts';
import type { Checked } from './use-checked.ts';
import { useHold } from './use-hold.ts';

interface Props {
  detail: Detail;
  draft: Detail['drafts'][number] | undefined;
  checked: Checked;
}

/** Writes over the draft. What is typed is kept on this machine at once, and nothing live ever touches it. */
export function DraftEditor({ detail, draft, checked }: Props) {
  const { t } = useWords();
  const { setEditing, decide } = useInbox();
  const unkept = useUnkept();
  const { id } = detail.mention;
  const kept = editOf(id);
  const [text, setText] = useState(kept?.text ?? draft?.text ?? '');
  const [basis, setBasis] = useState(kept?.revision ?? draft?.revision ?? 0);
  const field = useRef<HTMLTextAreaElement>(null);
  const approve = useApprove(detail, draft, text === draft?.text ? undefined : text, checked);
  const me = useKnownMe();
  const { hold, takeOver } = useHold(id);
  const theirs = draft && draft.revision > basis ? draft : undefined;

  useEffect(() => {
    const area = field.current;
    area?.focus({ preventScroll: true });
    area?.setSelectionRange(area.value.length, area.value.length);
  }, []);

  const write = (next: string) => {
    setText(next);
    if (next === draft?.text) dropEdit(id);
    else keepEdit(id, { text: next, revision: basis });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (isPressed(event, 'leave')) {
      event.preventDefault();
      event.stopPropagation();
      setEditing(false);
    }
    if (isPressed(event, 'save')) {
      event.preventDefault();
      if (text.trim() !== '' && text !== draft?.text) void decide(detail, 'edit', { text });
    }
    if (isPressed(event, 'approveInEditor')) {
      event.preventDefault();
      approve.run?.();
    }
  };
  return (
    <>
      {hold && hold.by !== me.name && (
        <p className="draft-kept small" role="alert">
          {t.hold.writes(hold.by)}{' '}
          <button type="button" className="link-button" onClick={takeOver}>
            {t.hold.takeOver}
          </button>
        </p>
      )}
      {theirs && (
        <p className="draft-kept small" role="alert">
          {t.draft.changedUnder(theirs.by)}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => {
              setText(theirs.text);
              setBasis(theirs.revision);
              dropEdit(id);
            }}
          >
            {t.draft.seeTheirs}
          </button>
        </p>
      )}
      {unkept && <p className="draft-kept small">{t.triage.unkept}</p>}
      <label className="unseen" htmlFor="draft-field">
        {t.draft.yourText}
      </label>
      <textarea
        ref={field}
        id="draft-field"
        className="draft-field"
        dir="auto"
        lang={draft?.lang}
        rows={5}
        value={text}
        aria-keyshortcuts={`${shortcutOf('approveInEditor')} ${shortcutOf('save')}`}
        aria-describedby="checks"
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </>
  );
}
