import { useEffect } from 'react';
import { api } from '../api-client.ts';

const PAUSE_MS = 250;

/** Tells colleagues what we look at, once we have stayed for a moment. */
export function usePresence(id: string | undefined): void {
  useEffect(() => {
    const timer = setTimeout(() => void api.lookAt(id ?? null).catch(() => undefined), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id]);
}
