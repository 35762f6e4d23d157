import { useEffect, useState } from 'react';
import type { CheckResult, Detail } from '../../api.ts';
import { api } from '../api-client.ts';

export interface Checked {
  checks: CheckResult['checks'];
  length: CheckResult['length'] | undefined;
  /** What posting it costs, in US dollars, where the platform charges. */
  priceUsd?: number | undefined;
  /** The text has changed since these were measured. */
  pending: boolean;
}

const PAUSE_MS = 180;

/** Checks and length of the text as it stands: of the draft, or, while somebody writes, live from the server. */
export function useChecked(
  id: string,
  text: string | undefined,
  draft: Detail['drafts'][number] | undefined,
  priceUsd: number | undefined,
): Checked {
  const [live, setLive] = useState<{ text: string; result: CheckResult }>();
  useEffect(() => {
    if (text === undefined) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.check(id, text, stop.signal).then(
        (result) => setLive({ text, result }),
        // No answer leaves the last one standing as pending; approving checks again in any case.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, text]);
  if (text === undefined) return { checks: draft?.checks ?? [], length: draft?.length, priceUsd, pending: false };
  const result = live?.result ?? draft;
  return {
    checks: result?.checks ?? [],
    length: result?.length,
    priceUsd: live ? live.result.priceUsd : priceUsd,
    pending: live?.text !== text,
  };
}

export const stops = ({ checks }: Checked): boolean => checks.some(({ ok }) => !ok);
