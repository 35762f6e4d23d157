import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useKnownMe } from '../hooks/queries.ts';
import { useWide } from '../hooks/use-wide.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { go, hrefOf, useRoute } from '../router.ts';
import type { Line } from './line.ts';

/** While invented mentions are here, every page says so, and leads to real ones. */
export function useSampleLines(): Line[] {
  const { t, f } = useWords();
  const { sample, localPlatforms } = useKnownMe();
  const route = useRoute();
  const wide = useWide();
  const client = useQueryClient();
  // On a phone an open mention needs the room; its own tag says that it is a sample.
  if ((!sample && !localPlatforms) || (!wide && route.page === 'inbox' && route.id)) return [];
  if (localPlatforms) {
    const whole = (
      <aside className="line line-sample" aria-label={t.sample.localTag}>
        <span className="tag tag-accent">{t.sample.localTag}</span>
        <span className="line-text">{t.sample.localBanner}</span>
        <span className="line-end">
          <a href={localPlatforms} target="_blank" rel="noreferrer">
            {t.sample.localLook}
          </a>
        </span>
      </aside>
    );
    return [{ key: 'sample', tone: 'sample', icon: 'plug', brief: t.sample.localTag, whole }];
  }
  const remove = async () => {
    try {
      const { removed } = await api.removeSample();
      say({ kind: 'done', text: t.sample.removed(removed, f.number(removed)) });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await Promise.all([KEYS.queue, KEYS.mentions].map((queryKey) => client.resetQueries({ queryKey })));
    await client.invalidateQueries();
    go({ page: 'inbox', view: 'waiting', filters: {} });
  };
  const whole = (
    <aside className="line line-sample" aria-label={t.sample.tag}>
      <span className="tag tag-accent">{t.sample.tag}</span>
      <span className="line-text">{t.sample.banner}</span>
      <span className="line-end">
        <a href={hrefOf({ page: 'sources', add: '' })}>{t.sample.connect}</a>
        <button type="button" className="link-button" onClick={() => void remove()}>
          {t.sample.remove}
        </button>
      </span>
    </aside>
  );
  return [{ key: 'sample', tone: 'sample', icon: 'plug', brief: t.sample.tag, whole }];
}
