import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Title } from '../../api.ts';
import type { Messages } from './en.ts';
import { type Format, makeFormat } from './format.ts';

/** The languages of the page itself; a draft may be in another. */
export type PageLanguage = keyof Title;

/** Each language is a file of its own: nobody loads the words of the others. */
const LOAD: Record<PageLanguage, () => Promise<Messages>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-Hans': async () => (await import('./zh-hans.ts')).zhHans,
  'zh-Hant': async () => (await import('./zh-hant.ts')).zhHant,
};
export const PAGE_LANGUAGES: { id: PageLanguage; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'zh-Hans', name: '简体中文' },
  { id: 'zh-Hant', name: '繁體中文' },
];

const KEPT_AS = 'earshot.language';

export interface Words {
  lang: PageLanguage;
  setLang(lang: PageLanguage): void;
  t: Messages;
  f: Format;
}

const WordsContext = createContext<Words | undefined>(undefined);

/** The kept choice, else the browser's first language that we speak. */
function startLanguage(): PageLanguage {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept && kept in LOAD) return kept as PageLanguage;
  for (const wanted of navigator.languages) {
    if (wanted.startsWith('en')) return 'en';
    if (/^zh\b/.test(wanted)) return /hant|tw|hk|mo/i.test(wanted) ? 'zh-Hant' : 'zh-Hans';
  }
  return 'en';
}

/** A language with its words. */
interface Spoken {
  lang: PageLanguage;
  t: Messages;
}

/** The words to begin with, before anything is drawn. */
export async function firstWords(): Promise<Spoken> {
  const lang = startLanguage();
  return { lang, t: await LOAD[lang]() };
}

/** What the browser installs is named in the language of the page. */
function manifestLink(): HTMLLinkElement {
  const found = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
  if (found) return found;
  const link = document.createElement('link');
  link.rel = 'manifest';
  document.head.append(link);
  return link;
}

export function WordsProvider({ first, children }: { first: Spoken; children: ReactNode }) {
  const [{ lang, t }, setSpoken] = useState(first);
  useEffect(() => {
    document.documentElement.lang = lang;
    manifestLink().href = `./manifest.${lang}.webmanifest`;
    localStorage.setItem(KEPT_AS, lang);
  }, [lang]);
  const words = useMemo(() => {
    // Without an answer the page goes on in the language that it has.
    const setLang = (next: PageLanguage) =>
      void LOAD[next]().then(
        (spoken) => setSpoken({ lang: next, t: spoken }),
        () => undefined,
      );
    return { lang, setLang, t, f: makeFormat(lang) };
  }, [lang, t]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** `t` has the words, `f` the dates and numbers, both in the language of the page. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords is used outside of WordsProvider.');
  return words;
}
