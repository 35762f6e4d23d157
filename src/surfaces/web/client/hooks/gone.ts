import { useSyncExternalStore } from 'react';
import type { View } from '../../api.ts';

/**
 * Rows that a decision of ours took out of a view. They are hidden at once, before the server has answered, and come
 * back to their old place when it says no or when the decision is undone.
 */
let gone: ReadonlyMap<string, { view: View; pending: boolean }> = new Map();
const listeners = new Set<() => void>();

function change(edit: (next: Map<string, { view: View; pending: boolean }>) => void): void {
  const next = new Map(gone);
  edit(next);
  gone = next;
  for (const listener of listeners) listener();
}

export const hide = (id: string, view: View): void => change((next) => next.set(id, { view, pending: true }));

/** The server has answered yes: the next load of the view shows what is so. */
export const settled = (id: string): void =>
  change((next) => {
    const entry = next.get(id);
    if (entry) next.set(id, { ...entry, pending: false });
  });

export const unhide = (id: string): void => change((next) => next.delete(id));

/** The view was loaded anew: forget what is settled. */
export const forgetSettled = (view: View): void =>
  change((next) => {
    for (const [id, entry] of next) if (entry.view === view && !entry.pending) next.delete(id);
  });

export const isGone = (id: string, view: View): boolean => gone.get(id)?.view === view;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useGone = () => useSyncExternalStore(subscribe, () => gone);
