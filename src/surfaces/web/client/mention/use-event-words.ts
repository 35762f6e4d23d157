import { useCallback } from 'react';
import type { Detail } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';

type AuditEvent = Detail['history'][number];

/** Details worth reading beside what happened. */
const TOLD = ['reason', 'note', 'to', 'template', 'url'] as const;

/** What happened, in the language of the page, with the few details that say more. */
export function useEventWords(): (event: AuditEvent) => string {
  const { t } = useWords();
  return useCallback(
    (event) => {
      const told = TOLD.map((name) => event.detail[name]).filter((value) => typeof value === 'string' && value !== '');
      const what = t.actions[event.action] ?? event.action;
      return told.length > 0 ? `${what} (${told.join(', ')})` : what;
    },
    [t],
  );
}
