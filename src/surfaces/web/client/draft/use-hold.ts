import { useCallback, useEffect, useState } from 'react';
import type { Hold } from '../../api.ts';
import { api } from '../api-client.ts';

/** Well within the lease of the server. */
const RENEW_MS = 30_000;

/** Holds a mention while its editor is open. Gives the hold that stands, which may be a colleague's. */
export function useHold(id: string): { hold: Hold | undefined; takeOver(): void } {
  const [hold, setHold] = useState<Hold>();
  const ask = useCallback(
    (takeOver: boolean) =>
      api.hold(id, takeOver).then(setHold, () => {
        // What is typed is kept here in any case; a decision says whether it may be made.
      }),
    [id],
  );
  useEffect(() => {
    void ask(false);
    const timer = setInterval(() => void ask(false), RENEW_MS);
    return () => {
      clearInterval(timer);
      void api.release(id).catch(() => undefined);
    };
  }, [id, ask]);
  return { hold, takeOver: () => void ask(true) };
}
