import { useCallback } from 'react';
import { useKnownMe } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';

/** Gives a problem type its name in the language of the page. */
export function useTypeTitle(): (id: string) => string {
  const { problemTypes } = useKnownMe();
  const { lang } = useWords();
  return useCallback((id) => problemTypes.find((type) => type.id === id)?.title[lang] ?? id, [problemTypes, lang]);
}
