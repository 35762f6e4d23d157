import { useSyncExternalStore } from 'react';

/**
 * What somebody wrote and has not saved, by what it is about. It stays while they look at other pages; whoever closes the
 * tab is asked first.
 */
let kept: ReadonlyMap<string, unknown> = new Map();
const listeners = new Set<() => void>();

function keep(next: ReadonlyMap<string, unknown>): void {
  kept = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

addEventListener('beforeunload', (event) => {
  if (kept.size > 0) event.preventDefault();
});

/** @returns what is kept under a name, and how to keep something else; undefined is nothing */
export function useKept<T>(name: string): [T | undefined, (now: T | undefined) => void] {
  const all = useSyncExternalStore(subscribe, () => kept);
  const set = (now: T | undefined) => {
    const next = new Map(kept);
    if (now === undefined) next.delete(name);
    else next.set(name, now);
    keep(next);
  };
  return [all.get(name) as T | undefined, set];
}

/** Whether anything is not saved. */
export const useUnsaved = (): boolean => useSyncExternalStore(subscribe, () => kept.size > 0);

/** The ends of all kept names that begin like this: "settings." gives the sections. */
export function useKeptNames(start: string): string[] {
  const all = useSyncExternalStore(subscribe, () => kept);
  return [...all.keys()].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
}
