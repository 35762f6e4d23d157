import { ActionIcon, NativeSelect, Popover, Switch } from '@mantine/core';
import type { View } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { shortcutOf } from '../keys/key-table.ts';
import { type Filters, go } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';
import { useFilterChoices } from './use-filter-words.ts';

/** Every filter, one below the other. The address follows at once, so that a list can be passed on as it is. */
export function FilterPanel({ view, filters }: { view: View; filters: Filters }) {
  const { t, f } = useWords();
  const { menu, setMenu } = useInbox();
  const choices = useFilterChoices();
  const set = (name: keyof Filters, value: string) => {
    const { [name]: _, ...others } = filters;
    go({ page: 'inbox', view, filters: (value ? { ...others, [name]: value } : others) as Filters }, 'replace');
  };
  const { search: _, ...narrowing } = filters;
  const active = Object.keys(narrowing).length;
  const opened = menu === 'filters';
  return (
    <Popover
      position="bottom-end"
      trapFocus
      returnFocus
      shadow="md"
      opened={opened}
      onChange={(now) => setMenu(now ? 'filters' : undefined)}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <ActionIcon
          className="filter-button"
          variant={active ? 'light' : 'subtle'}
          color={active ? 'accent' : 'gray'}
          aria-label={active ? `${t.queue.filters} (${f.number(active)})` : t.queue.filters}
          aria-keyshortcuts={shortcutOf('filters')}
          title={t.queue.filters}
          onClick={() => setMenu(opened ? undefined : 'filters')}
        >
          <Icon name="filter" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.queue.filters}>
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
      </Popover.Dropdown>
    </Popover>
  );
}
