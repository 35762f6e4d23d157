import { ActionIcon, type MantineColorScheme, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useKeys } from '../hooks/use-keys.ts';
import { PAGE_LANGUAGES, type PageLanguage, useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { Icon } from '../ui/icon.tsx';

const SCHEMES: MantineColorScheme[] = ['auto', 'light', 'dark'];

/** Language of the page and its colours. */
export function DisplayMenu() {
  const { t, lang, setLang } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const label = `${t.top.language}, ${t.top.scheme}`;
  const [opened, setOpened] = useState(false);
  useKeys({ display: () => setOpened(true) });
  const check = <Icon name="check" />;
  return (
    <Menu
      position="bottom-end"
      width={220}
      loop
      opened={opened}
      onChange={setOpened}
      checkIcon={check}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Tooltip label={label}>
        <span>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={label}
              aria-keyshortcuts={shortcutOf('display')}
            >
              <Icon name="globe" size={20} />
            </ActionIcon>
          </Menu.Target>
        </span>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{t.top.language}</Menu.Label>
        <Menu.RadioGroup value={lang} onChange={(value) => setLang(value as PageLanguage)}>
          {PAGE_LANGUAGES.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id} lang={id}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t.top.scheme}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t.top.schemes[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
