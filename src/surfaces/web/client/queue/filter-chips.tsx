import type { View } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { FILTERS, type Filters, go } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { useFilterWord } from './use-filter-words.ts';

/** What narrows the list down, each to be taken off by itself. A short list should say why it is short. */
export function FilterChips({ view, filters }: { view: View; filters: Filters }) {
  const { t } = useWords();
  const word = useFilterWord();
  const set = FILTERS.filter((name) => filters[name] !== undefined);
  if (set.length === 0) return null;
  return (
    <ul className="filter-chips" aria-label={t.queue.filters}>
      {set.map((name) => {
        const label = word(name, filters[name] ?? '');
        const { [name]: _, ...others } = filters;
        return (
          <li key={name}>
            <button
              type="button"
              className="tag tag-accent filter-chip"
              aria-label={t.triage.without(label)}
              onClick={() => go({ page: 'inbox', view, filters: others }, 'replace')}
            >
              <bdi className="clip">{label}</bdi>
              <Icon name="close" size={11} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
