import { ActionIcon, type MantineColorScheme, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { PAGE_LANGUAGES, useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';

const SCHEMES: MantineColorScheme[] = ['auto', 'light', 'dark'];

/** Language of the page and its colours. */
export function DisplayMenu() {
  const { t, lang, setLang } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const label = `${t.top.language}, ${t.top.scheme}`;
  return (
    <Menu position="bottom-end" width={220} loop>
      <Tooltip label={label}>
        <span>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
              <Icon name="globe" size={20} />
            </ActionIcon>
          </Menu.Target>
        </span>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{t.top.language}</Menu.Label>
        {PAGE_LANGUAGES.map(({ id, name }) => (
          <Menu.Item
            key={id}
            lang={id}
            role="menuitemradio"
            aria-checked={id === lang}
            rightSection={id === lang && <Icon name="check" />}
            onClick={() => setLang(id)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Label>{t.top.scheme}</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            rightSection={scheme === colorScheme && <Icon name="check" />}
            onClick={() => setColorScheme(scheme)}
          >
            {t.top.schemes[scheme]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
