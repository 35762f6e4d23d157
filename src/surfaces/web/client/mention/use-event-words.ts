import { useCallback } from 'react';
import type { Detail } from '../../api.ts';
import { useKnownMe } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from './use-type-title.ts';

type AuditEvent = Detail['history'][number];

/** What happened, in the language of the page, with the few details that say more. */
export function useEventWords(): (event: AuditEvent) => string {
  const { t, lang } = useWords();
  const { dismissReasons } = useKnownMe();
  const title = useTypeTitle();
  return useCallback(
    ({ action, detail }) => {
      const reason = dismissReasons.find(({ id }) => id === detail.reason)?.title[lang] ?? detail.reason;
      const to = action === 'corrected' ? title(String(detail.to)) : action === 'assigned' ? detail.to : undefined;
      const rested = Array.isArray(detail.articles) && detail.articles.length > 0;
      const articles = rested ? t.draft.restsOn((detail.articles as string[]).join(', ')) : undefined;
      const told = [reason, to, detail.note, articles].filter((value) => typeof value === 'string' && value !== '');
      const what = t.actions[action] ?? action;
      return told.length > 0 ? `${what} (${told.join(', ')})` : what;
    },
    [t, lang, dismissReasons, title],
  );
}
