import { useEffect, useRef } from 'react';
import type { View } from '../../api.ts';
import { hrefOfSaved, savedAt, useSavedViews, useViewCounts } from '../hooks/use-saved-views.ts';
import { useWords } from '../i18n/index.tsx';
import { countWords } from '../queue/count-words.ts';
import { type Filters, hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { useViews } from './use-views.ts';

/** The views on a phone: one line to push along with the thumb. */
export function ViewTabs({ view: current, filters }: { view: View; filters: Filters }) {
  const { t, f } = useWords();
  const views = useViews();
  const { views: saved } = useSavedViews();
  const counts = useViewCounts();
  const shown = savedAt(saved, current, filters)?.id;
  const here = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is the reason
  useEffect(() => {
    // What this returns in newer browsers is a promise, which is no way to clean up.
    here.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav className="tabs" aria-label={t.viewsTitle}>
      {views.map(({ view, count }) => (
        <a
          key={view}
          ref={view === current ? here : null}
          href={hrefOf({ page: 'inbox', view, filters: {} })}
          aria-current={view === current && !shown ? 'page' : undefined}
        >
          {t.views[view]}
          {count !== undefined && count > 0 && (
            <span className={view === 'urgent' ? 'tag tag-red' : 'side-count'}>{f.number(count)}</span>
          )}
        </a>
      ))}
      {saved.map(({ id, name, query }) => (
        <a key={id} href={hrefOfSaved(query)} aria-current={id === shown ? 'page' : undefined}>
          <Icon name="bookmark" size={13} />
          <bdi>{name}</bdi>
          <span className="side-count">{countWords(counts?.[id], f)}</span>
        </a>
      ))}
    </nav>
  );
}
