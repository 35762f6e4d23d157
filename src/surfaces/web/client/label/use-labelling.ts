import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import type { Row } from '../hooks/use-queue.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';

interface Given {
  /** Which of the mentions it was. */
  at: number;
  /** The mention as it stands since; nothing when the label was refused. */
  after: Promise<Detail | undefined>;
}

/** One mention after the other. A label is sent while the next mention is there already; undo waits for its answer. */
export function useLabelling(rows: readonly Row[]) {
  const { t } = useWords();
  const client = useQueryClient();
  const [at, setAt] = useState(0);
  const [count, setCount] = useState(0);
  const given = useRef<Given[]>([]);
  const versions = useRef(new Map<string, number>());
  const undoing = useRef(false);

  const label = useCallback(
    (problemType: string) => {
      const row = rows[at];
      if (!row) return;
      const { id, version } = row.mention;
      const after = api
        .decide(id, 'correct', { version: versions.current.get(id) ?? version, problemType })
        .catch((thrown) => {
          setCount((n) => n - 1);
          say({ kind: 'refused', text: failureWords(thrown, t) });
          return undefined;
        });
      void after.then(() => client.invalidateQueries({ queryKey: KEYS.counts }));
      given.current.push({ at, after });
      setCount((n) => n + 1);
      setAt(at + 1);
    },
    [at, client, rows, t],
  );

  const skip = useCallback(() => setAt((now) => Math.min(rows.length, now + 1)), [rows.length]);

  const undo = useCallback(async () => {
    if (undoing.current) return;
    undoing.current = true;
    const last = given.current.pop();
    try {
      const after = await last?.after;
      if (!last || !after) return say({ kind: 'done', text: t.done.nothingToUndo });
      const { id, version } = after.mention;
      const back = await api.decide(id, 'undo', { version });
      versions.current.set(id, back.mention.version);
      setCount((n) => n - 1);
      setAt(last.at);
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    } finally {
      undoing.current = false;
    }
  }, [t]);

  return { at, count, label, skip, undo };
}
