import type { TemplateUseInfo } from '../../template-api.ts';
import { useTemplateUse } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';

/** How often drafts of a template were let out, and how often as they were, over all its versions. */
export function rateOf(uses: readonly TemplateUseInfo[] | undefined, id: string) {
  const own = uses?.filter(({ template }) => template.id === id) ?? [];
  return {
    approved: own.reduce((sum, { approved }) => sum + approved, 0),
    unedited: own.reduce((sum, { unedited }) => sum + unedited, 0),
  };
}

/** "Approved unedited 41 of 44", beside a draft; nothing before the first approval. */
export function TemplateRate({ id }: { id: string }) {
  const { t, f } = useWords();
  const { data } = useTemplateUse();
  const { approved, unedited } = rateOf(data, id);
  return approved > 0 ? <span>{t.draft.unedited(f.number(unedited), f.number(approved))}</span> : null;
}
