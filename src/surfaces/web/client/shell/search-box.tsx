import { CloseButton, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { currentRoute, go, type Route, useRoute } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';

const PAUSE_MS = 220;

/** Searches the view on screen while somebody types; the address holds the words. */
export function SearchBox() {
  const { t } = useWords();
  const route = useRoute();
  const field = useRef<HTMLInputElement>(null);
  const asked = route.page === 'inbox' ? (route.filters.search ?? '') : '';
  const [text, setText] = useState(asked);
  const composing = useRef(false);

  useEffect(() => {
    if (document.activeElement !== field.current) setText(asked);
  }, [asked]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (!composing.current && document.activeElement === field.current) search(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useKeys({ search: () => field.current?.select() });

  const clear = () => {
    setText('');
    search('');
  };
  return (
    <search className="top-search">
      <TextInput
        ref={field}
        type="text"
        enterKeyHint="search"
        aria-label={t.top.search}
        aria-keyshortcuts={shortcutOf('search')}
        placeholder={t.top.search}
        value={text}
        maxLength={200}
        leftSection={<Icon name="search" />}
        rightSection={
          text ? <CloseButton size="sm" aria-label={t.top.clearSearch} onClick={clear} /> : <KeyOf action="search" />
        }
        onChange={(event) => setText(event.currentTarget.value)}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          search(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') search(text);
          if (event.key === 'Escape' && text) clear();
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </search>
  );
}

/** From another page, searching leads back to all mentions. */
function search(text: string): void {
  const words = text.trim();
  const route = currentRoute();
  if (route.page !== 'inbox' && !words) return;
  const inbox: Extract<Route, { page: 'inbox' }> =
    route.page === 'inbox' ? route : { page: 'inbox', view: 'all', filters: {} };
  if ((inbox.filters.search ?? '') === words) return;
  const { search: _, ...others } = inbox.filters;
  go({ page: 'inbox', view: inbox.view, filters: words ? { ...others, search: words } : others }, 'replace');
}
