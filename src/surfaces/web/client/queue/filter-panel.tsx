import { NativeSelect, Switch } from '@mantine/core';
import type { View } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { type Filters, go } from '../router.ts';
import { KeyOf } from '../ui/key.tsx';
import { ListPanel } from './list-panel.tsx';
import { useFilterChoices } from './use-filter-words.ts';

/** Every filter, one below the other. The address follows at once, so that a list can be passed on as it is. */
export function FilterPanel({ view, filters }: { view: View; filters: Filters }) {
  const { t, f } = useWords();
  const choices = useFilterChoices();
  const set = (name: keyof Filters, value: string) => {
    const { [name]: _, ...others } = filters;
    go({ page: 'inbox', view, filters: (value ? { ...others, [name]: value } : others) as Filters }, 'replace');
  };
  const { search: _, ...narrowing } = filters;
  const active = Object.keys(narrowing).length;
  return (
    <ListPanel
      menu="filters"
      icon="filter"
      title={t.queue.filters}
      label={active ? `${t.queue.filters} (${f.number(active)})` : t.queue.filters}
      lit={active > 0}
    >
      <div className="panel">
        {choices
          // "Mine" is assigned to me already.
          .filter(({ name }) => name !== 'assignee' || view !== 'mine')
          .map(({ name, title, choices: values }) => (
            <NativeSelect
              key={name}
              label={title}
              value={filters[name] ?? ''}
              data={[{ value: '', label: t.queue.any }, ...values]}
              onChange={(event) => set(name, event.currentTarget.value)}
            />
          ))}
        <Switch
          label={t.queue.cameBackOnly}
          checked={filters.cameBack === 'true'}
          onChange={(event) => set('cameBack', event.currentTarget.checked ? 'true' : '')}
        />
        <Switch
          label={t.queue.removedOnly}
          checked={filters.removed === 'true'}
          onChange={(event) => set('removed', event.currentTarget.checked ? 'true' : '')}
        />
        {active > 0 && (
          <button
            type="button"
            className="link-button"
            aria-keyshortcuts={shortcutOf('clearFilters')}
            onClick={() =>
              go({ page: 'inbox', view, filters: filters.search ? { search: filters.search } : {} }, 'replace')
            }
          >
            {t.queue.clear} <KeyOf action="clearFilters" />
          </button>
        )}
      </div>
    </ListPanel>
  );
}
