import { useQueryClient } from '@tanstack/react-query';
import type { AnswerInfo } from '../../../answer-api.ts';
import { say } from '../../hooks/notices.ts';
import { KEYS } from '../../hooks/queries.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/index.tsx';
import { textFaultWords } from '../../i18n/text-faults.ts';

/** Does something to an answer, shows the list as it is afterwards, and says how it went. */
export function useAnswerSteps() {
  const client = useQueryClient();
  const { t, lang } = useWords();
  return async (step: () => Promise<AnswerInfo[]>, done: string): Promise<boolean> => {
    try {
      client.setQueryData(KEYS.answers, await step());
      say({ kind: 'done', text: done });
      return true;
    } catch (thrown) {
      say({ kind: 'refused', text: textFaultWords(failureWords(thrown, t), lang) });
      void client.invalidateQueries({ queryKey: KEYS.answers });
      return false;
    } finally {
      void client.invalidateQueries({ queryKey: KEYS.settingsVersions });
    }
  };
}
