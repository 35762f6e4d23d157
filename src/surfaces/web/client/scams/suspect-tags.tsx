import { reasonWords } from '../../../../core/reasons.ts';
import type { SuspectFileInfo } from '../../scam-api.ts';
import { useWords } from '../i18n/index.tsx';
import { authorHandle, authorName } from '../mention/author.ts';
import { usePlace } from '../mention/use-place.ts';
import { Icon } from '../ui/icon.tsx';

type Suspect = SuspectFileInfo['suspect'];

/** Name and handle, as the platform shows them. */
export function SuspectName({ suspect: { latest, authorId } }: { suspect: Suspect }) {
  const name = authorName(latest.mention) ?? authorId;
  const handle = authorHandle(latest.mention);
  return (
    <>
      <bdi className="outside">{name}</bdi>
      {handle && handle !== name && (
        <>
          {' '}
          <bdi className="soft outside scam-handle">{handle}</bdi>
        </>
      )}
    </>
  );
}

/** What it is held for, how much it looks like us, where and when. */
export function SuspectTags({
  suspect,
  lookAlike,
}: {
  suspect: Suspect;
  lookAlike: SuspectFileInfo['lookAlike'] | undefined;
}) {
  const { t, f, lang } = useWords();
  const { state, latest, scam, likely, posts } = suspect;
  const place = usePlace(latest.mention);
  return (
    <>
      <p className="scam-tags">
        <span className={`tag ${COLOUR[state]}`}>
          <Icon name={state === 'cleared' ? 'check' : 'shield'} size={12} />
          {t.scams.states[state]}
        </span>
        {latest.mention.sample && <span className="tag tag-accent">{t.sample.tag}</span>}
        <span>{t.scams.score(f.percent(scam))}</span>
        {lookAlike && <span>{t.scams.lookAlike(f.percent(lookAlike.score))}</span>}
        <bdi className="soft">{place}</bdi>
        <span className="soft">{t.scams.posts(posts, f.number(likely), f.number(posts))}</span>
        <span className="soft">{t.scams.lastSeen(f.dateTime(suspect.lastAt))}</span>
      </p>
      {suspect.by && (
        <p className="small soft">
          {t.scams.states[state]} {t.scams.by(suspect.by, f.dateTime(suspect.at ?? 0))}
        </p>
      )}
      {lookAlike && <p className="small">{reasonWords(lookAlike.reason, lang)}</p>}
    </>
  );
}

const COLOUR: Record<Suspect['state'], string> = {
  suspected: 'tag-amber',
  confirmed: 'tag-red',
  cleared: '',
};
