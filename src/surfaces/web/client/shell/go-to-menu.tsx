import { Menu } from '@mantine/core';
import { useState } from 'react';
import { usePickKeys } from '../draft/menus/use-pick-keys.ts';
import { useMay } from '../hooks/queries.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { go, type Route } from '../router.ts';
import { Key } from '../ui/key.tsx';

/** Every page by a letter. Opened by its key alone: with a pointer the bar above is nearer. */
export function GoToMenu() {
  const { t } = useWords();
  const mayPeople = useMay('people');
  const maySettings = useMay('settings');
  const [opened, setOpened] = useState(false);
  useKeys({ goTo: () => setOpened(true) });
  const pages: { id: string; key: string; label: string; to: Route }[] = [
    { id: 'inbox', key: 'i', label: t.top.inbox, to: { page: 'inbox', view: 'waiting', filters: {} } },
    { id: 'incidents', key: 'n', label: t.top.incidents, to: { page: 'incidents' } },
    { id: 'scams', key: 'w', label: t.scams.open, to: { page: 'scams' } },
    { id: 'label', key: 'l', label: t.top.label, to: { page: 'label' } },
    { id: 'sources', key: 's', label: t.top.sources, to: { page: 'sources' } },
    { id: 'report', key: 'r', label: t.top.report, to: { page: 'report' } },
    ...(maySettings
      ? [
          { id: 'learning', key: 'g', label: t.top.learning, to: { page: 'learning' as const } },
          { id: 'settings', key: 'e', label: t.top.settings, to: { page: 'settings' as const } },
        ]
      : []),
    ...(mayPeople ? [{ id: 'people', key: 'p', label: t.people.title, to: { page: 'people' as const } }] : []),
    { id: 'account', key: 'a', label: t.account.title, to: { page: 'account' } },
  ];
  const pick = (id: string) => {
    setOpened(false);
    const page = pages.find((one) => one.id === id);
    if (page) go(page.to);
  };
  usePickKeys(opened, pages, pick);
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      loop
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button
          type="button"
          className="unseen"
          aria-keyshortcuts={shortcutOf('goTo')}
          onClick={() => setOpened(!opened)}
        >
          {t.triage.goTo}
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t.triage.goTo}>
        <Menu.Label>{t.triage.goTo}</Menu.Label>
        {pages.map(({ id, key, label }) => (
          <Menu.Item key={id} onClick={() => pick(id)} aria-keyshortcuts={key} rightSection={<Key>{key}</Key>}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
