import { useCallback, useEffect, useRef, useState } from 'react';
import type { View } from '../../api.ts';
import { api } from '../api-client.ts';
import type { Filters } from '../router.ts';
import { useLive } from './live.ts';
import { mayStillMove } from './touched.ts';
import { queryOf, type Row } from './use-queue.ts';

const LOOK = 100;
/** After a look without an answer. */
const AGAIN_MS = 2_000;

export interface Arrivals {
  /** Ids that wait behind the count. */
  waiting: readonly string[];
  /** Ids shown by the last `show`, to be marked as new. */
  fresh: ReadonlySet<string>;
  show(): void;
}

/**
 * New arrivals of a view. They wait behind a count until someone asks for them, so that nothing moves under the eyes.
 * A queue that is empty, or was just opened and never touched, shows them at once.
 */
export function useArrivals(
  view: View,
  filters: Filters,
  rows: Row[],
  loaded: boolean,
  refresh: () => Promise<void>,
): Arrivals {
  const { tide } = useLive();
  const [waiting, setWaiting] = useState<string[]>([]);
  const [tried, setTried] = useState(0);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  // What the view held when it was loaded, newest first: an arrival is what was not there then.
  const before = useRef<{ ids: Set<string>; since: number } | undefined>(undefined);
  const shown = useRef(rows);
  shown.current = rows;

  const look = useCallback(async () => {
    const page = await api.queue({ ...queryOf(view, filters), order: 'newest', limit: LOOK });
    return page.rows;
  }, [view, filters]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view or filter starts anew
  useEffect(() => {
    before.current = undefined;
    setWaiting([]);
    setFresh(new Set());
  }, [view, filters]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tide` is the reason to look
  useEffect(() => {
    if (!loaded) return;
    let stopped = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    void look().then(
      (newest) => {
        if (stopped) return;
        const known = before.current;
        if (!known) {
          before.current = remember(newest);
          return;
        }
        const shownIds = new Set(shown.current.map((row) => row.mention.id));
        const arrived = newest
          .filter(
            ({ mention }) => mention.heardAt >= known.since && !known.ids.has(mention.id) && !shownIds.has(mention.id),
          )
          .map(({ mention }) => mention.id);
        setWaiting(arrived);
      },
      () => {
        // No answer: nobody else says that something came in meanwhile.
        if (!stopped) again = setTimeout(() => setTried((times) => times + 1), AGAIN_MS);
      },
    );
    return () => {
      stopped = true;
      clearTimeout(again);
    };
  }, [tide, tried, loaded, look]);

  const show = useCallback(() => {
    setFresh(new Set(waiting));
    setWaiting([]);
    before.current = undefined;
    void refresh()
      .then(look)
      .then(
        (newest) => {
          before.current = remember(newest);
        },
        // The list says itself that it could not be loaded.
        () => undefined,
      );
  }, [waiting, refresh, look]);

  const nothingToMove = loaded && waiting.length > 0 && (rows.length === 0 || mayStillMove());
  useEffect(() => {
    if (nothingToMove) show();
  }, [nothingToMove, show]);

  return { waiting, fresh, show };
}

function remember(newest: Row[]): { ids: Set<string>; since: number } {
  return {
    ids: new Set(newest.map(({ mention }) => mention.id)),
    // A full page may hide older ones that come into sight when others leave: they are not arrivals.
    since: newest.length < LOOK ? 0 : Math.min(...newest.map(({ mention }) => mention.heardAt)),
  };
}
