import type { View } from '../../api.ts';
import { useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { IncidentSide } from '../incidents/incident-side.tsx';
import { type Filters, hrefOf } from '../router.ts';
import { ScamSide } from '../scams/scam-side.tsx';
import { SourceState } from '../sources/source-state.tsx';
import { Key } from '../ui/key.tsx';
import { SavedSide } from './saved-side.tsx';
import { useViews } from './use-views.ts';

/** The views with their counts, and how the sources are doing. */
export function Sidebar({ view: current, filters }: { view: View; filters: Filters }) {
  const { t, f } = useWords();
  const views = useViews();
  const { data: sources } = useSources();
  return (
    <div className="side">
      <nav aria-label={t.viewsTitle}>
        <ul>
          {views.map(({ view, key, count }) => (
            <li key={view}>
              <a
                className="side-view"
                href={hrefOf({ page: 'inbox', view, filters: {} })}
                aria-current={view === current && Object.keys(filters).length === 0 ? 'page' : undefined}
                aria-keyshortcuts={key}
              >
                <Key>{key}</Key>
                <span className="side-name">{t.views[view]}</span>
                {count !== undefined && (
                  <span className={view === 'urgent' && count > 0 ? 'tag tag-red' : 'side-count'}>
                    {f.number(count)}
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
        <IncidentSide />
        <ScamSide />
      </nav>
      <SavedSide view={current} filters={filters} />
      <section className="side-sources" aria-labelledby="side-sources">
        <h2 id="side-sources">{t.sources.title}</h2>
        <ul>
          {sources?.map((source) => (
            <li key={source.id}>
              <a className="side-source" href={hrefOf({ page: 'sources' })}>
                <SourceState state={source.enabled ? source.status.state : 'paused'} />
                <bdi className="clip">{source.name}</bdi>
                <span className="side-count">{f.number(source.status.stored)}</span>
              </a>
            </li>
          ))}
        </ul>
        <a className="side-add" href={hrefOf({ page: 'sources', add: '' })}>
          {t.sources.add}
        </a>
      </section>
    </div>
  );
}
