import { Button } from '@mantine/core';
import type { Detail } from '../../api.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { useInbox } from '../inbox/context.ts';
import { shortcutOf } from '../keys/key-table.ts';
import { useHref } from '../mention/use-href.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';

/** What became of an approved reply: out, refused by the platform, or unknown, and what a person can do about it. */
export function Outcome({ detail }: { detail: Detail }) {
  const { t, f, lang } = useWords();
  const { decide } = useInbox();
  const hrefTo = useHref();
  const settle = (outcome: 'posted' | 'not-posted') => () => void decide(detail, 'settle', { outcome });
  const retry = () => void decide(detail, 'retry', {});
  const unsure = detail.mention.state === 'unsure';
  useKeys({
    isOut: unsure ? settle('posted') : undefined,
    isNotOut: unsure ? settle('not-posted') : undefined,
    retry: detail.mention.state === 'failed' ? retry : undefined,
  });
  const { mention, approval, receipt } = detail;
  const reason = approval?.reason && otherWords(approval.reason, detail.reasonIn, lang);
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
  if (unsure) {
    return (
      <div className="outcome outcome-amber" role="alert">
        <p>
          <Icon name="unsure" /> <strong>{t.act.unsureTitle}</strong>
        </p>
        <p>{reason ?? t.act.unsureHint}</p>
        <p className="outcome-actions">
          <Button
            size="xs"
            aria-keyshortcuts={shortcutOf('isOut')}
            rightSection={<KeyOf action="isOut" />}
            onClick={settle('posted')}
          >
            {t.act.itIsOut}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-keyshortcuts={shortcutOf('isNotOut')}
            rightSection={<KeyOf action="isNotOut" />}
            onClick={settle('not-posted')}
          >
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
        {reason && <p>{reason}</p>}
        <p className="outcome-actions">
          <Button
            size="xs"
            variant="default"
            aria-keyshortcuts={shortcutOf('retry')}
            rightSection={<KeyOf action="retry" />}
            onClick={retry}
          >
            {t.act.retry}
          </Button>
        </p>
      </div>
    );
  }
  if (approval?.state === 'void' && reason) {
    return (
      <p className="outcome outcome-amber" role="alert">
        <Icon name="urgent" /> {reason}
      </p>
    );
  }
  return null;
}
