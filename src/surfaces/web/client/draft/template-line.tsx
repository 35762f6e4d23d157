import type { UsedAt } from '../../../../core/template-rates.ts';
import type { Detail } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { TemplateRate } from './template-rate.tsx';

/** The kind of reply that a draft of this mention is. */
export function usedAt({ mention, assessment, drafts }: Detail): Partial<UsedAt> {
  const lang = drafts.at(-1)?.lang ?? assessment?.lang;
  return {
    platform: mention.platform,
    ...(assessment && { problemType: assessment.problemType }),
    ...(lang !== undefined && { lang }),
  };
}

/** So much of a version tells two apart. */
const SHORT = 7;

/** Which template a draft is, in which version, or which it was before somebody edited it, and how people took to it. */
export function TemplateLine({ detail, draft }: { detail: Detail; draft: Detail['drafts'][number] }) {
  const { t } = useWords();
  const began = detail.drafts.findLast(({ revision, template }) => revision <= draft.revision && template);
  // The one reply to everybody of an incident began as no template, whatever stood here before it.
  if (!began?.template || (!draft.template && draft.by === 'earshot')) return null;
  const { id, version } = began.template;
  return (
    <>
      <span title={`${id} · ${version}`}>
        {draft.template ? t.triage.from(id) : t.triage.editedFrom(id)} ({version.slice(0, SHORT)})
      </span>
      <TemplateRate id={id} at={usedAt(detail)} />
    </>
  );
}
