import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SuspectFileInfo } from '../../scam-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { authorName } from '../mention/author.ts';
import { SCAM_KEYS } from './use-suspects.ts';

type State = SuspectFileInfo['suspect']['state'];

/** Says what an account is; the notice takes it back with one press. */
export function useJudge() {
  const { t } = useWords();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);

  async function judge({ connector, authorId, state: from, latest }: SuspectFileInfo['suspect'], to: State) {
    const who = authorName(latest.mention) ?? authorId;
    setBusy(true);
    try {
      const file = await api.judge({ connector, authorId, from, to });
      client.setQueryData(SCAM_KEYS.file(file.suspect), file);
      const undo = { label: t.act.undo, run: () => void judge(file.suspect, from) };
      say({ kind: 'done', text: t.scams.done[to](who), ...(to !== 'suspected' && { action: undo }) });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    } finally {
      setBusy(false);
      for (const queryKey of [SCAM_KEYS.all, KEYS.mentions, KEYS.queue, KEYS.counts])
        void client.invalidateQueries({ queryKey });
    }
  }
  return { judge, busy };
}
