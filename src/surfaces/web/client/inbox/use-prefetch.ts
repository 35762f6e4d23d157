import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { prefetchMention } from '../hooks/queries.ts';
import type { Row } from '../hooks/use-queue.ts';

/** The next mentions are there before anybody presses the key for them. */
export function usePrefetch(rows: Row[], at: number): void {
  const client = useQueryClient();
  const wanted = [rows[at + 1], rows[at + 2], rows[at + 3], rows[at - 1]]
    .map((row) => row?.mention.id ?? '')
    .filter((id) => id !== '')
    .join(' ');
  useEffect(() => {
    // After the mention itself, which is asked for first.
    const timer = setTimeout(() => {
      for (const id of wanted.split(' ')) if (id) prefetchMention(client, id);
    }, 30);
    return () => clearTimeout(timer);
  }, [client, wanted]);
}
