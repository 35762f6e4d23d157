import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Title } from '../../api.ts';
import { en, type Messages } from './en.ts';
import { type Format, makeFormat } from './format.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

/** The languages of the page itself; a draft may be in another. */
export type PageLanguage = keyof Title;

const MESSAGES: Record<PageLanguage, Messages> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };
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
  if (kept && kept in MESSAGES) return kept as PageLanguage;
  for (const wanted of navigator.languages) {
    if (wanted.startsWith('en')) return 'en';
    if (/^zh\b/.test(wanted)) return /hant|tw|hk|mo/i.test(wanted) ? 'zh-Hant' : 'zh-Hans';
  }
  return 'en';
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState(startLanguage);
  useEffect(() => {
    document.documentElement.lang = lang;
    localStorage.setItem(KEPT_AS, lang);
  }, [lang]);
  const words = useMemo(() => ({ lang, setLang, t: MESSAGES[lang], f: makeFormat(lang) }), [lang]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** `t` has the words, `f` the dates and numbers, both in the language of the page. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords is used outside of WordsProvider.');
  return words;
}
