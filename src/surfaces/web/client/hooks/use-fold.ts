import { type RefObject, useRef } from 'react';
import type { Action } from '../keys/key-table.ts';
import { useKeys } from './use-keys.ts';

/** A key that folds a part of the page out, brings it into sight, and folds it away again. */
export function useFold(action: Action): RefObject<HTMLDetailsElement | null> {
  const fold = useRef<HTMLDetailsElement>(null);
  useKeys({
    [action]: () => {
      const details = fold.current;
      if (!details) return;
      details.open = !details.open;
      if (details.open) details.scrollIntoView({ block: 'nearest' });
    },
  });
  return fold;
}
