import type { Detail } from '../../api.ts';
import { keepEdit, useEdit } from '../hooks/edits.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { RefusalNote } from '../mention/refusal-note.tsx';
import { ActionBar } from './action-bar.tsx';
import { ByHandSteps } from './by-hand-steps.tsx';
import { ChecksLine } from './checks-line.tsx';
import { DraftEditor } from './draft-editor.tsx';
import { DraftText } from './draft-text.tsx';
import { KeptText } from './kept-text.tsx';
import { Outcome } from './outcome.tsx';
import { Standing } from './standing.tsx';
import { useChecked } from './use-checked.ts';
import './draft.css';
import './checks.css';
import './actions.css';
import './outcome.css';
import './menus/pick.css';

/** The states in which a reply is still to be decided. */
const OPEN = ['heard', 'assessed', 'drafted', 'escalated', 'snoozed', 'failed'];

/** The answer: what will be said, what the checks say about it, and what can be done. Always in sight. */
export function DraftPanel({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const { editing, setEditing } = useInbox();
  const { mention, drafts, approval } = detail;
  const draft = drafts.at(-1);
  const edit = useEdit(mention.id);
  const open = OPEN.includes(mention.state);
  // Words over an older draft are offered, and never take the place of what a colleague wrote since.
  const older = edit !== undefined && edit.revision < (draft?.revision ?? 0);
  const edited = open && edit !== undefined && edit.text !== draft?.text && (editing || !older);
  const text = open ? (edited ? edit.text : draft?.text) : (approval?.reply.text ?? draft?.text);
  const checked = useChecked(mention.id, edited ? edit.text : undefined, draft, detail.priceUsd);
  // A decision elsewhere does not take the pen out of anybody's hand.
  const writing = editing && (open || edit !== undefined);
  if (mention.state === 'erased') return null;
  return (
    <section className="answer" aria-label={t.draft.title}>
      <RefusalNote id={mention.id} />
      <Outcome detail={detail} />
      <Standing detail={detail} />
      {writing ? (
        <DraftEditor detail={detail} draft={draft} checked={checked} />
      ) : (
        <DraftText detail={detail} draft={draft} text={text} edited={edited} editable={open} />
      )}
      {!open && edit && !writing && <KeptText id={mention.id} text={edit.text} />}
      {open && older && !writing && (
        <KeptText
          id={mention.id}
          text={edit.text}
          onTakeUp={() => {
            keepEdit(mention.id, { text: edit.text, revision: draft?.revision ?? 0 });
            setEditing(true);
          }}
        />
      )}
      {open && text !== undefined && <ChecksLine checked={checked} />}
      {mention.state === 'by-hand' && <ByHandSteps detail={detail} text={text ?? ''} />}
      <ActionBar
        detail={detail}
        draft={draft}
        open={open}
        editedText={edited ? edit.text : undefined}
        checked={checked}
      />
    </section>
  );
}
