import { useQueryClient } from '@tanstack/react-query';
import { say } from '../../hooks/notices.ts';
import { KEYS } from '../../hooks/queries.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/index.tsx';
import { textFaultWords } from '../../i18n/text-faults.ts';

/** Does something to a template, says how it went, and has everything that follows from it fetched anew. */
export function useTemplateSteps() {
  const client = useQueryClient();
  const { t, lang } = useWords();
  return async (step: () => Promise<unknown>, done: string = t.settings.templates.saved): Promise<boolean> => {
    try {
      await step();
      say({ kind: 'done', text: done });
      return true;
    } catch (thrown) {
      say({ kind: 'refused', text: textFaultWords(failureWords(thrown, t), lang) });
      return false;
    } finally {
      const follow = [KEYS.allTemplates, KEYS.proposals, KEYS.settings, KEYS.settingsVersions, KEYS.mentions];
      void Promise.all(follow.map((queryKey) => client.invalidateQueries({ queryKey })));
    }
  };
}
