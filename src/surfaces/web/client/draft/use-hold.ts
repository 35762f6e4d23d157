import { useCallback, useEffect, useState } from 'react';
import type { Hold } from '../../api.ts';
import { api } from '../api-client.ts';

/** Well within the lease of the server. */
const RENEW_MS = 30_000;

let last: Promise<unknown> = Promise.resolve();

/** One after the other: a release that overtook its hold would leave a mention held by somebody who is gone. */
function inTurn<T>(ask: () => Promise<T>): Promise<T> {
  const answer = last.then(ask);
  last = answer.catch(() => undefined);
  return answer;
}

/** Holds a mention while its editor is open. Gives the hold that stands, which may be a colleague's. */
export function useHold(id: string): { hold: Hold | undefined; takeOver(): void } {
  const [hold, setHold] = useState<Hold>();
  const ask = useCallback(
    (takeOver: boolean) =>
      inTurn(() => api.hold(id, takeOver)).then(setHold, () => {
        // What is typed is kept here in any case; a decision says whether it may be made.
      }),
    [id],
  );
  useEffect(() => {
    void ask(false);
    const timer = setInterval(() => void ask(false), RENEW_MS);
    return () => {
      clearInterval(timer);
      void inTurn(() => api.release(id)).catch(() => undefined);
    };
  }, [id, ask]);
  return { hold, takeOver: () => void ask(true) };
}
