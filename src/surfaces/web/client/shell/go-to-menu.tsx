import { Menu } from '@mantine/core';
import { useState } from 'react';
import { usePickKeys } from '../draft/menus/use-pick-keys.ts';
import { useMay } from '../hooks/queries.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { go, type Route, useRoute } from '../router.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useUnsaved } from '../ui/kept.ts';
import { Key } from '../ui/key.tsx';

interface Page {
  id: Route['page'];
  key: string;
  icon: IconName;
  label: string;
  to: Route;
}

/** Every page, by a letter or a finger. A button on a phone, where the bar has no room; on a desktop its key opens it. */
export function GoToMenu() {
  const { t } = useWords();
  const here = useRoute().page;
  const unsaved = useUnsaved();
  const mayPeople = useMay('people');
  const maySettings = useMay('settings');
  const [opened, setOpened] = useState(false);
  useKeys({ goTo: () => setOpened(true) });
  const pages: Page[] = [
    { id: 'inbox', key: 'i', icon: 'bell', label: t.top.inbox, to: { page: 'inbox', view: 'waiting', filters: {} } },
    { id: 'incidents', key: 'n', icon: 'group', label: t.top.incidents, to: { page: 'incidents' } },
    { id: 'scams', key: 'w', icon: 'shield', label: t.scams.open, to: { page: 'scams' } },
    { id: 'label', key: 'l', icon: 'tag', label: t.top.label, to: { page: 'label' } },
    { id: 'sources', key: 's', icon: 'plug', label: t.top.sources, to: { page: 'sources' } },
    { id: 'report', key: 'r', icon: 'chart', label: t.top.report, to: { page: 'report' } },
  ];
  if (maySettings) {
    pages.push(
      { id: 'learning', key: 'g', icon: 'school', label: t.top.learning, to: { page: 'learning' } },
      { id: 'settings', key: 'e', icon: 'sliders', label: t.top.settings, to: { page: 'settings' } },
    );
  }
  if (mayPeople) pages.push({ id: 'people', key: 'p', icon: 'people', label: t.people.title, to: { page: 'people' } });
  pages.push({ id: 'account', key: 'a', icon: 'person', label: t.account.title, to: { page: 'account' } });

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
      // In its place in the bar, which is a landmark.
      withinPortal={false}
      floatingStrategy="fixed"
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          className="unseen top-menu"
          aria-keyshortcuts={shortcutOf('goTo')}
          onClick={() => setOpened(!opened)}
        >
          <Icon name="menu" size={20} />
          <span className="top-menu-name">{t.triage.goTo}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t.triage.goTo}>
        <Menu.Label>{t.triage.goTo}</Menu.Label>
        {pages.map(({ id, key, icon, label }) => (
          <Menu.Item
            key={id}
            className="top-menu-item"
            onClick={() => pick(id)}
            aria-keyshortcuts={key}
            aria-current={here === id ? 'page' : undefined}
            leftSection={<Icon name={icon} size={18} />}
            rightSection={<Key>{key}</Key>}
          >
            {label}
            {id === 'settings' && unsaved && <span className="tag tag-amber">{t.settings.unsaved}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
