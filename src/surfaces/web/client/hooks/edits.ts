import { useSyncExternalStore } from 'react';

/** Text that a person typed over a draft, or as a note, and that the server does not have yet. */
export interface Edit {
  text: string;
  /** The revision that was on screen when they began; 0 when there was no draft. */
  revision: number;
}

interface Kept extends Edit {
  /** Whose words they are: a browser may be shared. */
  by: string;
  at: number;
}

const KEPT_AS = 'earshot.edits';
/** Nobody takes up words again after that. */
const FORGOTTEN_MS = 14 * 86_400_000;

const listeners = new Set<() => void>();
let me = '';
let edits: ReadonlyMap<string, Kept> = restore();
let unkept = false;

/** A reload, another page or a closed window must not cost anybody their words. */
function restore(): Map<string, Kept> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]') as [string, Kept][];
    return new Map(kept.filter(([, { at }]) => Date.now() - at < FORGOTTEN_MS));
  } catch {
    return new Map();
  }
}

function tell(): void {
  for (const listener of listeners) listener();
}

function change(edit: (next: Map<string, Kept>) => void): void {
  // Another window may have kept something meanwhile.
  const next = unkept ? new Map(edits) : restore();
  edit(next);
  edits = next;
  try {
    if (next.size === 0) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, JSON.stringify([...next]));
    unkept = false;
  } catch {
    unkept = true;
  }
  tell();
}

/** Says whose words are kept from now on. After a change of name one's own go along. */
export function keepEditsOf(name: string, before?: string): void {
  me = name;
  if (before !== undefined && [...edits.values()].some(({ by }) => by === before))
    change((next) => {
      for (const [key, edit] of next)
        if (edit.by === before) {
          next.delete(key);
          next.set(JSON.stringify([name, (JSON.parse(key) as string[])[1]]), { ...edit, by: name });
        }
    });
  tell();
}

/** Each person's words have a place of their own. */
const keyOf = (id: string): string => JSON.stringify([me, id]);

export const keepEdit = (id: string, { text, revision }: Edit): void =>
  change((next) => next.set(keyOf(id), { text, revision, by: me, at: Date.now() }));

export function dropEdit(id: string): void {
  if (edits.has(keyOf(id))) change((next) => next.delete(keyOf(id)));
}

/** Whoever signs out leaves nothing behind. */
export const dropAllEdits = (): void =>
  change((next) => {
    for (const [key, { by }] of next) if (by === me) next.delete(key);
  });

export const editOf = (id: string): Edit | undefined => edits.get(keyOf(id));

/** What a note under this mention is kept as. */
export const noteKey = (mentionId: string, noteId = 'new'): string => `note:${mentionId}:${noteId}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useEdit = (id: string): Edit | undefined => useSyncExternalStore(subscribe, () => edits.get(keyOf(id)));

/** True where the browser keeps nothing, so that leaving the page would lose what is typed. */
export const useUnkept = (): boolean => useSyncExternalStore(subscribe, () => unkept && edits.size > 0);

addEventListener('storage', ({ key }) => {
  if (key !== KEPT_AS) return;
  edits = restore();
  tell();
});
addEventListener('beforeunload', (event) => {
  if (unkept && edits.size > 0) event.preventDefault();
});
