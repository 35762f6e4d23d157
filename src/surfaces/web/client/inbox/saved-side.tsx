import type { View } from '../../api.ts';
import { hrefOfSaved, savedAt, useSavedViews, useViewCounts } from '../hooks/use-saved-views.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { countWords } from '../queue/count-words.ts';
import type { Filters } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';

/** The views that people saved, with their counts; nothing before the first. */
export function SavedSide({ view, filters }: { view: View; filters: Filters }) {
  const { t, f } = useWords();
  const { views, start } = useSavedViews();
  const counts = useViewCounts();
  const here = savedAt(views, view, filters);
  if (views.length === 0) return null;
  return (
    <nav className="side-saved" aria-labelledby="side-saved">
      <h2 id="side-saved" aria-keyshortcuts={shortcutOf('savedViews')}>
        {t.triage.saved} <KeyOf action="savedViews" />
      </h2>
      <ul>
        {views.map((saved) => (
          <li key={saved.id}>
            <a
              className="side-view"
              href={hrefOfSaved(saved.query)}
              aria-current={saved.id === here?.id ? 'page' : undefined}
              title={saved.team ? `${t.triage.teamTag}, ${t.triage.byWhom(saved.by)}` : undefined}
            >
              <Icon name={saved.team ? 'group' : 'bookmark'} size={14} />
              <bdi className="side-name clip">{saved.name}</bdi>
              {saved.id === start && <span className="unseen">{t.triage.startHere}</span>}
              {saved.id === start && <Icon name="home" size={12} />}
              <span className="side-count">{countWords(counts?.[saved.id], f)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
