import { dropEdit } from '../hooks/edits.ts';
import { useWords } from '../i18n/index.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

/** Words that somebody typed and that can no longer be approved here: a colleague was faster. They are theirs to keep. */
export function KeptText({ id, text }: { id: string; text: string }) {
  const { t } = useWords();
  return (
    <details className="kept-text" open>
      <summary>{t.draft.unsent}</summary>
      <p className="outside" dir="auto">
        {text}
      </p>
      <CopyButton text={text} />{' '}
      <button type="button" className="link-button small" onClick={() => dropEdit(id)}>
        {t.draft.drop}
      </button>
    </details>
  );
}
