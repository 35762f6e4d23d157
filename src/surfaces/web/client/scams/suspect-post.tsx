import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonWords } from '../../../../core/reasons.ts';
import type { SuspectFileInfo } from '../../scam-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, keepDetail, useMay } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { authorName } from '../mention/author.ts';
import { useHref } from '../mention/use-href.ts';
import { go, hrefOf } from '../router.ts';
import { SCAM_KEYS } from './use-suspects.ts';

type Post = SuspectFileInfo['posts'][number];
type Mention = NonNullable<Post['under']>;

/** A warning can still be drafted there: nothing is on its way, and nobody closed it. */
const TAKES_WARNING: ReadonlySet<Mention['state']> = new Set([
  'assessed',
  'drafted',
  'failed',
  'escalated',
  'snoozed',
  'posted',
]);

/** One post, why it looks like a scam, and the customer below whose post it stands. */
export function SuspectPost({ post: { row, under } }: { post: Post }) {
  const { t, f, lang } = useWords();
  const { mention, assessment } = row;
  const source = useHref()(mention.url);
  return (
    <li className="scam-card">
      <p className="outside scam-said" dir="auto">
        {mention.text || t.queue.noText}
      </p>
      {assessment && assessment.scamReasons.length > 0 && (
        <ul className="scam-reasons">
          {assessment.scamReasons.map((reason) => (
            <li key={reason}>{reasonWords(reason, lang)}</li>
          ))}
        </ul>
      )}
      <p className="scam-tags small">
        <span>{t.scams.score(f.percent(assessment?.scam ?? 0))}</span>
        <span className="soft">{f.dateTime(mention.saidAt)}</span>
        <a href={hrefOf({ page: 'inbox', view: 'all', id: mention.id, filters: {} })}>{t.scams.showMention}</a>
        {source && (
          <a href={source} target="_blank" rel="noreferrer noopener">
            {t.scams.atSource}
          </a>
        )}
      </p>
      {under ? <Under mention={under} /> : <p className="small soft">{t.scams.alone}</p>}
    </li>
  );
}

function Under({ mention }: { mention: Mention }) {
  const { t } = useWords();
  const mayDraft = useMay('draft');
  return (
    <div className="scam-under">
      <p className="small soft">
        {t.scams.under} <bdi>{authorName(mention) ?? t.queue.noAuthor}</bdi>
      </p>
      <p className="outside scam-said" dir="auto">
        {mention.text || t.queue.noText}
      </p>
      <p className="scam-buttons">
        {mayDraft && TAKES_WARNING.has(mention.state) && mention.permission.how !== 'never' && (
          <Warn mention={mention} />
        )}
        <a className="small" href={hrefOf({ page: 'inbox', view: 'all', id: mention.id, filters: {} })}>
          {t.scams.showMention}
        </a>
      </p>
    </div>
  );
}

function Warn({ mention: { id, version } }: { mention: Mention }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const warn = async () => {
    setBusy(true);
    try {
      const detail = await api.warn({ mentionId: id, version });
      keepDetail(client, detail);
      say({ kind: 'done', text: t.scams.warned });
      go({ page: 'inbox', view: 'all', id, filters: {} });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
      void client.invalidateQueries({ queryKey: SCAM_KEYS.all });
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: KEYS.queue });
      void client.invalidateQueries({ queryKey: KEYS.counts });
    }
  };
  return (
    <Button size="xs" variant="default" disabled={busy} title={t.scams.warnHint} onClick={() => void warn()}>
      {t.scams.warn}
    </Button>
  );
}
