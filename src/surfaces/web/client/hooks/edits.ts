import { useSyncExternalStore } from 'react';

/** Text that a person typed over a draft and that the server does not have yet. */
export interface Edit {
  text: string;
  /** The revision that was on screen when they began; 0 when there was no draft. */
  revision: number;
}

const KEPT_AS = 'earshot.edits';
const listeners = new Set<() => void>();
let edits: ReadonlyMap<string, Edit> = restore();

/** A reload must not cost anybody their words. */
function restore(): Map<string, Edit> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '[]') as [string, Edit][]);
  } catch {
    return new Map();
  }
}

function change(next: Map<string, Edit>): void {
  edits = next;
  sessionStorage.setItem(KEPT_AS, JSON.stringify([...edits]));
  for (const listener of listeners) listener();
}

export const keepEdit = (id: string, edit: Edit): void => change(new Map(edits).set(id, edit));

export function dropEdit(id: string): void {
  if (!edits.has(id)) return;
  const next = new Map(edits);
  next.delete(id);
  change(next);
}

export const editOf = (id: string): Edit | undefined => edits.get(id);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useEdit = (id: string): Edit | undefined => useSyncExternalStore(subscribe, () => edits.get(id));
