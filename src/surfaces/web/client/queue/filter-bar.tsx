import { ActionIcon, NativeSelect, Popover, Switch } from '@mantine/core';
import type { View } from '../../api.ts';
import { useKnownMe, useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { type Filters, go } from '../router.ts';
import { Icon } from '../ui/icon.tsx';

const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'mixed', 'other'] as const;

interface Props {
  view: View;
  filters: Filters;
  count: number | undefined;
  more: boolean;
}

/** Name of the view, how much is in it, and what narrows it down. */
export function FilterBar({ view, filters, count, more }: Props) {
  const { t, f, lang } = useWords();
  const { problemTypes } = useKnownMe();
  const { data: sources } = useSources();
  const set = (name: keyof Filters, value: string) => {
    const { [name]: _, ...others } = filters;
    go({ page: 'inbox', view, filters: (value ? { ...others, [name]: value } : others) as Filters }, 'replace');
  };
  const { search: _, ...narrowing } = filters;
  const active = Object.keys(narrowing).length;
  const any = { value: '', label: t.queue.any };
  return (
    <div className="filter-bar">
      <h1>{t.views[view]}</h1>
      <span className="soft small" aria-live="polite">
        {count !== undefined && (more ? t.queue.atLeast(f.number(count)) : t.queue.count(count, f.number(count)))}
      </span>
      <Popover position="bottom-end" trapFocus returnFocus shadow="md">
        <Popover.Target>
          <ActionIcon
            className="filter-button"
            variant={active ? 'light' : 'subtle'}
            color={active ? 'accent' : 'gray'}
            aria-label={active ? `${t.queue.filters} (${f.number(active)})` : t.queue.filters}
          >
            <Icon name="filter" />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={t.queue.filters}>
          <div className="panel">
            <NativeSelect
              label={t.queue.type}
              value={filters.problemType ?? ''}
              data={[any, ...problemTypes.map((type) => ({ value: type.id, label: type.title[lang] }))]}
              onChange={(event) => set('problemType', event.currentTarget.value)}
            />
            <NativeSelect
              label={t.queue.source}
              value={filters.source ?? ''}
              data={[any, ...(sources ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
              onChange={(event) => set('source', event.currentTarget.value)}
            />
            <NativeSelect
              label={t.queue.language}
              value={filters.lang ?? ''}
              data={[any, ...LANGUAGES.map((id) => ({ value: id, label: t.languages[id] }))]}
              onChange={(event) => set('lang', event.currentTarget.value)}
            />
            <Switch
              label={t.queue.unsureOnly}
              checked={filters.unsure === 'true'}
              onChange={(event) => set('unsure', event.currentTarget.checked ? 'true' : '')}
            />
            <Switch
              label={t.queue.cameBackOnly}
              checked={filters.cameBack === 'true'}
              onChange={(event) => set('cameBack', event.currentTarget.checked ? 'true' : '')}
            />
            {active > 0 && (
              <button
                type="button"
                className="link-button"
                onClick={() =>
                  go({ page: 'inbox', view, filters: filters.search ? { search: filters.search } : {} }, 'replace')
                }
              >
                {t.queue.clear}
              </button>
            )}
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
