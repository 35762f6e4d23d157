import type { SourceInfo } from '../../api.ts';
import { useLive } from '../hooks/live.ts';
import { useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { hrefOf, useRoute } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import type { Line } from './line.ts';

/** What is broken and what to do: the way to the server, or else sources. */
export function useTroubleLines(): Record<'offline' | 'sources', Line[]> {
  const { t } = useWords();
  const { connected } = useLive();
  const sources = useSourceLines();
  if (connected) return { offline: [], sources };
  const offline: Line = {
    key: 'offline',
    tone: 'amber',
    icon: 'urgent',
    brief: t.trouble.offline,
    whole: (
      <p className="line line-amber">
        <Icon name="urgent" /> {t.trouble.offline}
      </p>
    ),
  };
  // What is known of the sources is as old as the connection.
  return { offline: [offline], sources: [] };
}

function useSourceLines(): Line[] {
  const { t, f, lang } = useWords();
  const { page } = useRoute();
  const { data: sources = [] } = useSources();
  const broken = sources.filter(isBroken);
  const [first] = broken;
  if (!first) return [];
  const one = broken.length === 1;
  const title = one ? t.trouble.sourceBroken(first.name) : t.trouble.sourcesBroken(f.number(broken.length));
  const why =
    first.canary?.deafSince !== undefined && !needsSomebody(first.status.state)
      ? t.sources.deafSince(f.dateTime(first.canary.deafSince))
      : otherWords(first.status.message, first.messageIn, lang);
  // On the page of the sources each says itself what is wrong with it.
  const here = page === 'sources';
  const names = one ? '' : f.list(broken.map(({ name }) => name));
  const more = one && !here ? why : names;
  const whole = (
    <p className="line line-amber">
      <Icon name="urgent" />
      <span className="line-text">
        <strong>{more ? f.pair(title, '') : title}</strong> <bdi>{more}</bdi>
      </span>
      {!here && <a href={hrefOf({ page: 'sources' })}>{t.trouble.look}</a>}
    </p>
  );
  return [{ key: 'sources', tone: 'amber', icon: 'urgent', brief: more ? f.pair(title, more) : title, whole }];
}

/** A budget that is used up has a line of its own. */
function isBroken({ enabled, status, spending, canary }: SourceInfo): boolean {
  if (!enabled) return false;
  return (spending?.state !== 'used-up' && needsSomebody(status.state)) || canary?.verdict === 'deaf';
}

/** Being asked to wait is daily life; these states do not mend themselves, or not soon. */
function needsSomebody(state: string): boolean {
  return ['unauthorized', 'blocked', 'unavailable', 'bad-shape', 'paused'].includes(state);
}
