import type { Detail } from '../../api.ts';
import { useKnownMe } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { useInbox } from '../inbox/context.ts';
import { usePlace } from '../mention/use-place.ts';
import { type Checked, stops } from './use-checked.ts';

/** A reply that leaves within this is one that leaves at once. */
const SOON_MS = 60_000;

export interface Approve {
  /** What the button says. */
  label: string;
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
  const { t, f, lang } = useWords();
  const { decide } = useInbox();
  const me = useKnownMe();
  const { replyTo, needsTwo, sendAt } = detail;
  const where = usePlace(detail.mention);
  const first = needsTwo && editedText === undefined ? detail.mention.firstApproval : undefined;
  const label = needsTwo ? (first ? t.two.approveSecond : t.two.approveFirst) : t.act.approve;
  const no = (says: string): Approve => ({ label, says });
  if (replyTo.how === 'never')
    return no(replyTo.why ? `${t.act.never}: ${otherWords(replyTo.why, replyTo.whyIn, lang)}` : t.act.never);
  if (!me.rights.includes('approve')) return no(t.two.mayNot(t.roles[me.role]));
  if (first?.by === me.name) return no(t.two.youFirst);
  if (!draft && editedText === undefined) return no(t.act.noDraft);
  if (editedText?.trim() === '' || stops(checked)) return no(t.act.checksFirst);
  const says =
    replyTo.how === 'by-hand'
      ? t.act.approveByHand(where)
      : replyTo.as
        ? t.act.approveAs(where, replyTo.as)
        : t.act.approveOn(where);
  const late = replyTo.how === 'api' && sendAt > Date.now() + SOON_MS ? ` ${t.time.at(f.dateTime(sendAt))}` : '';
  const alone = needsTwo && !first && me.alone ? ` ${t.two.alone}` : '';
  const then = needsTwo && !first ? `${t.two.saysFirst}${alone}` : `${says}${late}`;
  return {
    label,
    says: then,
    run: () => void decide(detail, 'approve', { revision: draft?.revision ?? 1 }, editedText),
  };
}
