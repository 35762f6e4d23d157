import { memo } from 'react';
import { LIKELY_SCAM } from '../../../../core/nouns.ts';
import { ClockTag } from '../alerts/clock-tag.tsx';
import { useLive } from '../hooks/live.ts';
import { useKnownMe } from '../hooks/queries.ts';
import type { Row } from '../hooks/use-queue.ts';
import { useWords } from '../i18n/index.tsx';
import { authorName, langTag } from '../mention/author.ts';
import { usePlace } from '../mention/use-place.ts';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { ScammerTag } from '../scams/scammer-tag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Ago } from '../ui/say-when.tsx';
import { snippet } from './snippet.ts';

interface Props {
  row: Row;
  fresh: boolean;
  searched: string | undefined;
}

/** Two lines: who, where and when; what they say and what kind of problem it is. */
export const QueueRow = memo(function QueueRow({ row, fresh, searched }: Props) {
  const { t, f } = useWords();
  const { mention, assessment } = row;
  const me = useKnownMe();
  const place = usePlace(mention);
  const title = useTypeTitle();
  const { people } = useLive();
  const looking = people.filter((one) => one.mentionId === mention.id && one.name !== me.name).map(({ name }) => name);
  const settledState = ['drafted', 'assessed', 'heard'].includes(mention.state) ? undefined : mention.state;
  return (
    <>
      <div className="row-line">
        {fresh && <span className="tag tag-accent">{t.queue.fresh}</span>}
        {assessment?.priority === 'urgent' && (
          <span className="tag tag-red">
            <Icon name="urgent" size={12} />
            {t.priority.urgent}
          </span>
        )}
        <bdi className="row-who clip">{authorName(mention) ?? t.queue.noAuthor}</bdi>
        <bdi className="row-where clip">{place}</bdi>
        <span className="row-end">
          {looking.length > 0 && (
            <span className="row-flag" title={t.queue.openedBy(f.list(looking))}>
              <Icon name="person" size={13} />
              <span className="unseen">{t.queue.openedBy(f.list(looking))}</span>
            </span>
          )}
          <span className="row-clock">
            <ClockTag mentionId={mention.id} />
          </span>
          {mention.sample && <span className="row-sample">{t.sample.tag}</span>}
          <Ago at={mention.saidAt} />
        </span>
      </div>
      <div className="row-line row-said">
        <span className="row-text clip" dir="auto" lang={langTag(assessment?.lang)}>
          {snippet(mention.text, searched) || t.queue.noText}
        </span>
        <span className="row-end">
          <ScammerTag mention={mention} />
          {mention.cameBackAt !== undefined && <span className="tag tag-amber">{t.report.cameBack}</span>}
          {!mention.confirmedScammer && (assessment?.scam ?? 0) >= LIKELY_SCAM && (
            <span className="tag tag-amber" title={t.queue.scam}>
              <Icon name="shield" size={12} />
              <span className="unseen">{t.queue.scam}</span>
            </span>
          )}
          <span className="row-clock row-clock-below">
            <ClockTag mentionId={mention.id} />
          </span>
          {mention.assignee && (
            <span className="tag" title={t.mention.assigned(mention.assignee)}>
              <bdi className="clip row-assignee">{mention.assignee}</bdi>
            </span>
          )}
          {mention.firstApproval && (
            <span className="tag tag-amber" title={mention.firstApproval.by}>
              {t.two.oneOfTwo}
            </span>
          )}
          {settledState ? (
            <span className={`tag ${STATE_COLOUR[settledState] ?? ''}`}>{t.states[settledState]}</span>
          ) : (
            assessment && (
              <span className={assessment.unsure ? 'tag tag-amber' : 'tag'}>
                {assessment.unsure && <Icon name="unsure" size={12} />}
                {title(assessment.problemType)}
                {assessment.unsure && <span className="unseen">({t.queue.unsure})</span>}
              </span>
            )
          )}
          {assessment && (
            <abbr className="row-lang" title={t.languages[assessment.lang]}>
              {t.languagesShort[assessment.lang]}
            </abbr>
          )}
        </span>
      </div>
    </>
  );
});

const STATE_COLOUR: Record<string, string> = {
  posted: 'tag-green',
  failed: 'tag-red',
  unsure: 'tag-amber',
  'by-hand': 'tag-accent',
  approved: 'tag-accent',
  sending: 'tag-accent',
};
