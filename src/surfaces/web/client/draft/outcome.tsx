import { Button } from '@mantine/core';
import type { Detail } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { useHref } from '../mention/use-href.ts';
import { Icon } from '../ui/icon.tsx';

/** What became of an approved reply: out, refused by the platform, or unknown, and what a person can do about it. */
export function Outcome({ detail }: { detail: Detail }) {
  const { t, f } = useWords();
  const { decide } = useInbox();
  const hrefTo = useHref();
  const { mention, approval, receipt } = detail;
  if (receipt && mention.state === 'posted') {
    if (receipt.removedAt !== undefined) {
      return (
        <p className="outcome outcome-amber" role="alert">
          <Icon name="urgent" /> {t.mention.removed(f.dateTime(receipt.removedAt))}
        </p>
      );
    }
    const href = hrefTo(receipt.url);
    return (
      <p className="outcome outcome-green">
        <Icon name="check" /> {t.mention.posted} · {f.dateTime(receipt.postedAt)}
        {receipt.confirmedBy && ` · ${t.mention.confirmedBy(receipt.confirmedBy)}`}
        {href && (
          <a href={href} target="_blank" rel="noreferrer noopener">
            {t.mention.seeReply}
          </a>
        )}
      </p>
    );
  }
  if (mention.state === 'unsure') {
    return (
      <div className="outcome outcome-amber" role="alert">
        <p>
          <Icon name="unsure" /> <strong>{t.act.unsureTitle}</strong>
        </p>
        <p>{approval?.reason ?? t.act.unsureHint}</p>
        <p className="outcome-actions">
          <Button size="xs" onClick={() => void decide(detail, 'settle', { outcome: 'posted' })}>
            {t.act.itIsOut}
          </Button>
          <Button size="xs" variant="default" onClick={() => void decide(detail, 'settle', { outcome: 'not-posted' })}>
            {t.act.itIsNot}
          </Button>
        </p>
      </div>
    );
  }
  if (mention.state === 'failed') {
    return (
      <div className="outcome outcome-red" role="alert">
        <p>
          <Icon name="urgent" /> <strong>{t.act.failedTitle}</strong>
        </p>
        {approval?.reason && <p>{approval.reason}</p>}
        <p className="outcome-actions">
          <Button size="xs" variant="default" onClick={() => void decide(detail, 'retry', {})}>
            {t.act.retry}
          </Button>
        </p>
      </div>
    );
  }
  if (approval?.state === 'void' && approval.reason) {
    return (
      <p className="outcome outcome-amber" role="alert">
        <Icon name="urgent" /> {approval.reason}
      </p>
    );
  }
  return null;
}
