import { Button } from '@mantine/core';
import type { Detail } from '../../api.ts';
import { useMay } from '../hooks/queries.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { useInbox } from '../inbox/context.ts';
import { IncidentMenu } from '../incidents/incident-menu.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';
import { AssignMenu } from './menus/assign-menu.tsx';
import { DismissMenu } from './menus/dismiss-menu.tsx';
import { EscalateForm } from './menus/escalate-form.tsx';
import { SendMenu } from './menus/send-menu.tsx';
import { SnoozeMenu } from './menus/snooze-menu.tsx';
import { TemplateMenu } from './menus/template-menu.tsx';
import { useApprove } from './use-approve.ts';
import type { Checked } from './use-checked.ts';

interface Props {
  detail: Detail;
  draft: Detail['drafts'][number] | undefined;
  open: boolean;
  editedText: string | undefined;
  checked: Checked;
}

/** The decisions about a mention, the likely one first. */
export function ActionBar({ detail, draft, open, editedText, checked }: Props) {
  const mayDraft = useMay('draft');
  const mayTriage = useMay('triage');
  const mayApprove = useMay('approve');
  if (!open) return <TakeBack detail={detail} />;
  return (
    <div className="actions">
      <ApproveButton detail={detail} draft={draft} open={open} editedText={editedText} checked={checked} />
      <div className="actions-others">
        {mayDraft && <EditButton detail={detail} editedText={editedText} hasDraft={draft !== undefined} />}
        {mayDraft && <TemplateMenu detail={detail} current={draft?.template?.id} />}
        {mayTriage && <DismissMenu detail={detail} />}
        {mayTriage && <SnoozeMenu detail={detail} />}
        {mayApprove && draft && editedText === undefined && detail.replyTo.how === 'api' && (
          <SendMenu detail={detail} revision={draft.revision} />
        )}
        {mayTriage && <AssignMenu detail={detail} />}
        {mayTriage && <EscalateForm detail={detail} />}
        <IncidentMenu detail={detail} />
      </div>
    </div>
  );
}

function ApproveButton({ detail, draft, editedText, checked }: Props) {
  const { lang } = useWords();
  const approve = useApprove(detail, draft, editedText, checked);
  useKeys({ approve: approve.run });
  return (
    <div className="approve">
      <Button
        className="approve-button"
        size="md"
        disabled={!approve.run}
        onClick={approve.run}
        aria-keyshortcuts={shortcutOf('approve')}
        aria-describedby="approve-says"
        leftSection={<Icon name={detail.replyTo.how === 'by-hand' ? 'hand' : 'send'} />}
        rightSection={<KeyOf action="approve" />}
      >
        {approve.label}
      </Button>
      <p id="approve-says" className="approve-says small">
        {approve.says}
        {approve.run && detail.replyTo.why && (
          <span className="soft"> — {otherWords(detail.replyTo.why, detail.replyTo.whyIn, lang)}</span>
        )}
      </p>
    </div>
  );
}

function EditButton({
  detail,
  editedText,
  hasDraft,
}: {
  detail: Detail;
  editedText: string | undefined;
  hasDraft: boolean;
}) {
  const { t } = useWords();
  const { editing, setEditing, decide } = useInbox();
  if (editing && editedText !== undefined && editedText.trim() !== '') {
    return (
      <Button
        variant="default"
        size="sm"
        aria-keyshortcuts={shortcutOf('save')}
        rightSection={<KeyOf action="save" />}
        onClick={() => void decide(detail, 'edit', { text: editedText })}
      >
        {t.draft.save}
      </Button>
    );
  }
  return (
    <Button
      variant="default"
      size="sm"
      aria-keyshortcuts={shortcutOf(editing ? 'leave' : 'edit')}
      rightSection={<KeyOf action={editing ? 'leave' : 'edit'} />}
      onClick={() => setEditing(!editing)}
    >
      {editing ? t.draft.finish : hasDraft ? t.act.edit : t.draft.write}
    </Button>
  );
}

/** While a decision can still be taken back, the way is here as well as in the notice. */
function TakeBack({ detail }: { detail: Detail }) {
  const { t, f } = useWords();
  const { decide } = useInbox();
  if (!detail.mayUndo) return null;
  const what = detail.undoes && t.triage.undoes[detail.undoes];
  return (
    <div className="actions">
      <Button
        variant="default"
        size="sm"
        aria-keyshortcuts={shortcutOf('undo')}
        rightSection={<KeyOf action="undo" />}
        onClick={() => void decide(detail, 'undo', {})}
      >
        {what ? f.pair(t.act.undo, what) : t.act.undo}
      </Button>
    </div>
  );
}
