import { dropEdit } from '../hooks/edits.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { KeyOf } from '../ui/key.tsx';

interface Props {
  id: string;
  text: string;
  /** Puts them over the draft as it is now; left out where nothing can be approved here any more. */
  onTakeUp?: () => void;
}

/** Words that somebody typed and that are not used: a colleague was faster. They are theirs to keep. */
export function KeptText({ id, text, onTakeUp }: Props) {
  const { t } = useWords();
  const drop = () => dropEdit(id);
  useKeys({ drop, takeUp: onTakeUp });
  return (
    <details className="kept-text" open>
      <summary>{onTakeUp ? t.triage.older : t.draft.unsent}</summary>
      <p className="outside" dir="auto">
        {text}
      </p>
      {onTakeUp && (
        <button type="button" className="link-button small" aria-keyshortcuts={shortcutOf('takeUp')} onClick={onTakeUp}>
          {t.triage.takeUp} <KeyOf action="takeUp" />
        </button>
      )}{' '}
      <CopyButton text={text} />{' '}
      <button type="button" className="link-button small" aria-keyshortcuts={shortcutOf('drop')} onClick={drop}>
        {t.draft.drop} <KeyOf action="drop" />
      </button>
    </details>
  );
}
