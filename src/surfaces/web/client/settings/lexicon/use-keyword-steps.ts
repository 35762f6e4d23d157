import { useQueryClient } from '@tanstack/react-query';
import type { KeywordList, KeywordListChange } from '../../../lexicon-api.ts';
import { api } from '../../api-client.ts';
import { say } from '../../hooks/notices.ts';
import { KEYS } from '../../hooks/queries.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/index.tsx';
import { asked } from './keywords.ts';

/** Changes the keyword list, says how it went, and has everything that follows from it fetched anew. */
export function useKeywordSteps() {
  const client = useQueryClient();
  const { t } = useWords();
  const step = async (change: () => Promise<KeywordList>): Promise<boolean> => {
    try {
      client.setQueryData(KEYS.lexicon, await change());
      say({ kind: 'done', text: t.lexicon.saved });
      return true;
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
      return false;
    } finally {
      for (const queryKey of [KEYS.lexiconHistory, KEYS.settingsVersions]) void client.invalidateQueries({ queryKey });
    }
  };
  return {
    save: (change: KeywordListChange) => step(() => api.changeKeywordList(change)),
    back: (revision: number) => step(() => api.keywordsBack(revision)),
    asCame: () =>
      step(async () => {
        const { own } = await api.keywordList();
        return api.changeKeywordList({ before: own.map(asked), own: [] });
      }),
  };
}
