import { rateFor, type UsedAt } from '../../../../core/template-rates.ts';
import { useTemplateUse } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';

interface Props {
  id: string;
  /** The reply that the template is for. Left out: over all replies. */
  at?: Partial<UsedAt>;
  /** Said before the first approval. */
  unused?: string;
  /** With the least it surely is, which lists of templates are ordered by. */
  ordered?: boolean;
}

/** "Approved unedited 41 of 44" and what it was counted over. */
export function TemplateRate({ id, at, unused, ordered }: Props) {
  const { t, f } = useWords();
  const { data } = useTemplateUse();
  const rate = data && rateFor(data, id, at);
  if (!rate) return unused === undefined ? null : <span>{unused}</span>;
  const { approved, unedited, atLeast, over } = rate;
  return (
    <span>
      <span>{t.draft.unedited(f.number(unedited), f.number(approved))}</span>{' '}
      <span className="soft">
        {ordered && t.draft.atLeast(f.percent(atLeast))}
        {at && t.draft.over[over]}
      </span>
    </span>
  );
}
