import { useEffect, useRef } from 'react';
import type { View } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { useViews } from './use-views.ts';

/** The views on a phone: one line to push along with the thumb. */
export function ViewTabs({ view: current }: { view: View }) {
  const { t, f } = useWords();
  const views = useViews();
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
          aria-current={view === current ? 'page' : undefined}
        >
          {t.views[view]}
          {count !== undefined && count > 0 && (
            <span className={view === 'urgent' ? 'tag tag-red' : 'side-count'}>{f.number(count)}</span>
          )}
        </a>
      ))}
    </nav>
  );
}
