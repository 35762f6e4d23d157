import { Button } from '@mantine/core';
import type { Detail } from '../../api.ts';
import { useKnownMe, useMay } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { useInbox } from '../inbox/context.ts';
import { hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';

/** What stands before a decision: an approval that fell, one of two that holds, a time that is waited for and why. */
export function Standing({ detail }: { detail: Detail }) {
  const { t, f, lang } = useWords();
  const { mention, voided, changed, approval } = detail;
  const waits = mention.state === 'approved' && approval && approval.notBefore > Date.now() + 15_000;
  return (
    <>
      {voided && (
        <p className="outcome outcome-amber" role="alert">
          <Icon name="urgent" /> <strong>{t.voids.title(voided.approver)}</strong> {t.voids.codes[voided.code]}
        </p>
      )}
      {changed && (
        <p className="outcome outcome-amber" role="alert">
          <Icon name="urgent" /> <strong>{t.voids.byHand}</strong> {t.voids.codes[changed]} {t.voids.byHandHint}
        </p>
      )}
      {waits && (
        <p className="outcome outcome-amber" role="status">
          <Icon name="clock" /> {t.time.waits(f.dateTime(approval.notBefore))}
        </p>
      )}
      {mention.state === 'approved' && approval?.reason && (
        <p className="outcome outcome-amber" role="status" dir="auto">
          <Icon name="clock" /> {otherWords(approval.reason, detail.reasonIn, lang)}
        </p>
      )}
      <FirstOfTwo detail={detail} />
    </>
  );
}

/** One approval of two, for the one who gave it and for those who could give the other. */
function FirstOfTwo({ detail }: { detail: Detail }) {
  const { t, f } = useWords();
  const me = useKnownMe();
  const { decide } = useInbox();
  const mayManage = useMay('people');
  const first = detail.mention.firstApproval;
  if (!first) return null;
  const mine = first.by === me.name;
  return (
    <div className="outcome outcome-amber" role="status">
      <p>
        <Icon name="check" /> <strong>{t.two.oneOfTwo}.</strong>{' '}
        {mine ? t.two.youFirst : t.two.first(first.by, f.dateTime(first.at))}
      </p>
      {mine && (
        <p className="outcome-actions">
          <Button size="xs" variant="default" onClick={() => void decide(detail, 'undo', {})}>
            {t.two.takeBack}
          </Button>
        </p>
      )}
      {mine && me.alone && (
        <p>
          {t.two.alone} {mayManage && <a href={hrefOf({ page: 'people' })}>{t.two.aloneLink}</a>}
        </p>
      )}
    </div>
  );
}
