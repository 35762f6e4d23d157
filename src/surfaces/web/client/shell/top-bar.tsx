import { ActionIcon, Tooltip } from '@mantine/core';
import { useCounts, useKnownMe, useMay } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { hrefOf, useRoute } from '../router.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useUnsaved } from '../ui/kept.ts';
import { DisplayMenu } from './display-menu.tsx';
import { GoToMenu } from './go-to-menu.tsx';
import { PeopleMenu } from './people-menu.tsx';
import { SearchBox } from './search-box.tsx';
import './top-bar.css';

const PAGES = [
  { page: 'inbox', icon: 'bell', href: hrefOf({ page: 'inbox', view: 'waiting', filters: {} }) },
  { page: 'incidents', icon: 'group', href: hrefOf({ page: 'incidents' }) },
  { page: 'label', icon: 'tag', href: hrefOf({ page: 'label' }) },
  { page: 'learning', icon: 'school', href: hrefOf({ page: 'learning' }) },
  { page: 'sources', icon: 'plug', href: hrefOf({ page: 'sources' }) },
  { page: 'report', icon: 'chart', href: hrefOf({ page: 'report' }) },
  { page: 'settings', icon: 'sliders', href: hrefOf({ page: 'settings' }) },
] as const satisfies { page: string; icon: IconName; href: string }[];

export function TopBar({ onHelp }: { onHelp(): void }) {
  const { t, f } = useWords();
  const route = useRoute();
  const { product } = useKnownMe();
  const { data: counts } = useCounts();
  const may = useMay('settings');
  const unsaved = useUnsaved();
  return (
    <header className="top">
      <button type="button" className="unseen" onClick={() => document.getElementById('mention')?.focus()}>
        {t.skipToMention}
      </button>
      <GoToMenu />
      <a className="top-brand" href={PAGES[0].href}>
        <img src="./icon.svg" alt={t.appName} width="26" height="26" />
        <span className="top-product clip" dir="auto">
          {product}
        </span>
      </a>
      <SearchBox />
      <nav className="top-pages" aria-label={t.top.menu}>
        {PAGES.filter(({ page }) => may || page !== 'learning').map(({ page, icon, href }) => (
          <a key={page} data-page={page} href={href} aria-current={route.page === page ? 'page' : undefined}>
            <Icon name={icon} size={18} />
            <span className="top-page-name">{t.top[page]}</span>
            {page === 'settings' && unsaved && <span className="tag tag-amber">{t.settings.unsaved}</span>}
            {page === 'inbox' && counts !== undefined && counts.urgent > 0 && (
              <span className="tag tag-red" title={t.views.urgent}>
                <span className="unseen">{t.views.urgent}: </span>
                {f.number(counts.urgent)}
              </span>
            )}
          </a>
        ))}
      </nav>
      <div className="top-tools">
        <PeopleMenu />
        <DisplayMenu />
        <Tooltip label={t.top.help}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t.top.help}
            aria-keyshortcuts={shortcutOf('help')}
            onClick={onHelp}
            className="top-help"
          >
            <Icon name="help" size={20} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}
