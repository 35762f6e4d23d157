import type { Detail } from '../../api.ts';
import { ClockTag } from '../alerts/clock-tag.tsx';
import { LaneLine } from '../alerts/lane-line.tsx';
import { CorrectMenu } from '../draft/menus/correct-menu.tsx';
import { useLive } from '../hooks/live.ts';
import { useKnownMe } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { IncidentTag } from '../incidents/incident-tag.tsx';
import { ScammerTag } from '../scams/scammer-tag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Ago } from '../ui/say-when.tsx';
import { authorHandle, authorName } from './author.ts';
import { useHref } from './use-href.ts';
import { usePlace } from './use-place.ts';

/** Who, where and when; what kind of problem, how sure, how urgent; who has it. */
export function MentionHead({ detail }: { detail: Detail }) {
  const { t, f } = useWords();
  const { mention, assessment } = detail;
  const place = usePlace(mention);
  const me = useKnownMe();
  const here = useLive().people.filter(({ name, mentionId }) => mentionId === mention.id && name !== me.name);
  const others = [...new Set(here.map(({ name }) => name))];
  const hrefTo = useHref();
  const href = hrefTo(mention.url);
  const profile = hrefTo(mention.author.url);
  const handle = authorHandle(mention);
  const name = <bdi>{authorName(mention) ?? t.queue.noAuthor}</bdi>;
  return (
    <header className="head">
      <div className="head-line">
        <h2 className="head-who">
          {profile ? (
            <a href={profile} target="_blank" rel="noreferrer noopener">
              {name}
            </a>
          ) : (
            name
          )}
        </h2>
        {handle && <bdi className="soft clip">{handle}</bdi>}
        <span className="soft head-where">
          <bdi>{place}</bdi>
          {' · '}
          <Ago at={mention.saidAt} />
          {mention.editedAt !== undefined && ` · ${t.mention.edited(f.dateTime(mention.editedAt))}`}
        </span>
        {href && (
          <a className="head-open" href={href} target="_blank" rel="noreferrer noopener">
            <span className="head-open-text">{t.mention.open}</span> <Icon name="open" size={14} />
          </a>
        )}
      </div>
      <div className="head-tags">
        {mention.sample && <span className="tag tag-accent">{t.sample.tag}</span>}
        {assessment?.priority === 'urgent' && (
          <span className="tag tag-red">
            <Icon name="urgent" size={12} />
            {t.priority.urgent}
          </span>
        )}
        <CorrectMenu detail={detail} />
        {assessment && <span className="tag">{t.languages[assessment.lang]}</span>}
        {mention.state !== 'drafted' && (
          <span className={`tag ${mention.state === 'posted' ? 'tag-green' : ''}`}>{t.states[mention.state]}</span>
        )}
        {mention.assignee && <span className="tag tag-accent">{t.mention.assigned(mention.assignee)}</span>}
        {mention.state === 'snoozed' && mention.snoozedUntil !== undefined && (
          <span className="tag">{t.mention.snoozedUntil(f.dateTime(mention.snoozedUntil))}</span>
        )}
        <ScammerTag mention={mention} />
        {mention.cameBackAt !== undefined && (
          <span className="tag tag-amber">{t.mention.cameBack(f.dateTime(mention.cameBackAt))}</span>
        )}
        {detail.notes.length > 0 && (
          <button
            type="button"
            className="tag tag-button"
            onClick={() => document.getElementById('notes')?.scrollIntoView({ block: 'center' })}
          >
            <Icon name="edit" size={12} />
            {t.triage.noteCount(detail.notes.length, f.number(detail.notes.length))}
          </button>
        )}
        <ClockTag mentionId={mention.id} />
        <IncidentTag mentionId={mention.id} />
        {mention.hold && mention.hold.by !== me.name && mention.hold.until > Date.now() && (
          <span className="tag tag-amber">{t.hold.writes(mention.hold.by)}</span>
        )}
        {others.length > 0 && (
          <span className="tag tag-amber">
            <Icon name="person" size={12} />
            {t.mention.looking(f.list(others), others.length > 1)}
          </span>
        )}
      </div>
      <LaneLine detail={detail} />
    </header>
  );
}
