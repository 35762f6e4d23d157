import type { Detail } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { reasonWords } from '../i18n/reasons.ts';
import { useInbox } from '../inbox/context.ts';
import { usePlace } from '../mention/use-place.ts';
import { type Checked, stops } from './use-checked.ts';

export interface Approve {
  /** Missing when it cannot be approved now. */
  run?: () => void;
  /** What will happen, or why nothing can. */
  says: string;
}

/** What approving would do, said before it is done: where it goes, as whom and how. */
export function useApprove(
  detail: Detail,
  draft: Detail['drafts'][number] | undefined,
  editedText: string | undefined,
  checked: Checked,
): Approve {
  const { t, lang } = useWords();
  const { decide } = useInbox();
  const { replyTo } = detail;
  const where = usePlace(detail.mention);
  if (replyTo.how === 'never')
    return { says: replyTo.why ? `${t.act.never}: ${reasonWords(replyTo.why, lang)}` : t.act.never };
  if (!draft && editedText === undefined) return { says: t.act.noDraft };
  if (editedText?.trim() === '' || stops(checked)) return { says: t.act.checksFirst };
  const says =
    replyTo.how === 'by-hand'
      ? t.act.approveByHand(where)
      : replyTo.as
        ? t.act.approveAs(where, replyTo.as)
        : t.act.approveOn(where);
  return { says, run: () => void decide(detail, 'approve', { revision: draft?.revision ?? 1 }, editedText) };
}
