import { useState } from 'react';
import { reasonWords } from '../../../../core/reasons.ts';
import type { Detail } from '../../api.ts';
import { dropEdit } from '../hooks/edits.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { shortcutOf } from '../keys/key-table.ts';
import { KeyOf } from '../ui/key.tsx';
import { SCROLLS } from '../ui/scrolls.ts';
import { TemplateLine } from './template-line.tsx';

interface Props {
  detail: Detail;
  draft: Detail['drafts'][number] | undefined;
  /** What would be posted: the draft, or the person's own words over it. */
  text: string | undefined;
  edited: boolean;
  editable: boolean;
}

/** The draft as it would be posted, with its twin in the reader's language beside it. */
export function DraftText({ detail, draft, text, edited, editable }: Props) {
  const { t, f, lang } = useWords();
  const { setEditing } = useInbox();
  const sameTongue = draft ? draft.lang.slice(0, 2) === lang.slice(0, 2) : true;
  const [twinWanted, setTwinWanted] = useState<boolean>();
  const twinShown = twinWanted ?? !sameTongue;
  const articles = draft?.template?.articles ?? [];
  const drop = () => dropEdit(detail.mention.id);
  useKeys({
    twin: draft?.twin ? () => setTwinWanted(!twinShown) : undefined,
    drop: edited ? drop : undefined,
  });
  if (text === undefined) {
    return (
      <div className="draft-none">
        <strong>{t.draft.none}</strong>
        <span className="soft">
          {detail.mention.trouble ? reasonWords(detail.mention.trouble, lang) : t.draft.noneHint}
        </span>
      </div>
    );
  }
  return (
    <>
      <p className="draft-about small soft">
        <strong className="draft-title">{t.draft.title}</strong>
        {draft && <span>{t.draft.in(t.languages[draft.lang])}</span>}
        {draft && draft.by !== 'earshot' && <bdi>{t.draft.by(draft.by)}</bdi>}
        {draft && draft.revision > 1 && <span>{t.draft.revision(f.number(draft.revision))}</span>}
        {articles.length > 0 && <span>{t.draft.restsOn(articles.join(', '))}</span>}
        {draft && <TemplateLine detail={detail} draft={draft} />}
        {draft?.twin && (
          <button
            type="button"
            className="link-button"
            aria-expanded={twinShown}
            aria-keyshortcuts={shortcutOf('twin')}
            onClick={() => setTwinWanted(!twinShown)}
          >
            {twinShown ? t.draft.hideTwin : t.draft.showTwin} <KeyOf action="twin" />
          </button>
        )}
      </p>
      <section
        className={draft?.twin && twinShown ? 'draft-scroll draft-pair' : 'draft-scroll'}
        aria-label={t.draft.text}
        {...SCROLLS}
      >
        <p
          className="draft-text outside"
          dir="auto"
          lang={draft?.lang}
          onDoubleClick={editable ? () => setEditing(true) : undefined}
        >
          {text}
        </p>
        {draft?.twin && twinShown && (
          <div className="draft-twin">
            <p className="small soft">
              {t.draft.twin}
              {edited && ` — ${t.draft.twinStale}`}
            </p>
            <p className="outside" dir="auto" lang={draft.lang === 'en' ? 'zh-Hans' : 'en'}>
              {draft.twin}
            </p>
          </div>
        )}
      </section>
      {edited && (
        <p className="small draft-kept">
          {t.draft.kept}{' '}
          <button type="button" className="link-button" aria-keyshortcuts={shortcutOf('drop')} onClick={drop}>
            {t.draft.drop} <KeyOf action="drop" />
          </button>
        </p>
      )}
    </>
  );
}
