import type { View } from '../../api.ts';
import { savedAt, useSavedViews } from '../hooks/use-saved-views.ts';
import { useWords } from '../i18n/index.tsx';
import type { Filters } from '../router.ts';
import { FilterChips } from './filter-chips.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { SaveView } from './save-view.tsx';
import { SavedViewsMenu } from './saved-views-menu.tsx';

interface Props {
  view: View;
  filters: Filters;
  count: number | undefined;
  more: boolean;
}

/** Name of the view, how much is in it, and what narrows it down. */
export function FilterBar({ view, filters, count, more }: Props) {
  const { t, f } = useWords();
  const { views } = useSavedViews();
  const saved = savedAt(views, view, filters);
  return (
    <div className="filter-bar">
      <div className="filter-line">
        <h1 className="clip">{saved ? <bdi>{saved.name}</bdi> : t.views[view]}</h1>
        <span className="soft small filter-count" aria-live="polite">
          {count !== undefined && (more ? t.queue.atLeast(f.number(count)) : t.queue.count(count, f.number(count)))}
        </span>
        <span className="filter-tools">
          <SavedViewsMenu view={view} filters={filters} />
          <SaveView key={saved?.id ?? 'new'} view={view} filters={filters} />
          <FilterPanel view={view} filters={filters} />
        </span>
      </div>
      <FilterChips view={view} filters={filters} />
    </div>
  );
}
