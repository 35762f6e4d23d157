import { useLayoutEffect, useRef } from 'react';
import { type Action, keysOf } from '../keys/key-table.ts';

type OnKey = (event: KeyboardEvent) => void;

/** What the page does, by the names of the key table. */
export type ActionMap = Partial<Record<Action, OnKey | undefined>>;

/** Binds actions to their keys. They rest where `usePressed` says so. */
export function useKeys(map: ActionMap): void {
  const bound: Record<string, OnKey | undefined> = {};
  for (const [action, run] of Object.entries(map))
    if (run) for (const key of keysOf(action as Action)) bound[key] = run;
  usePressed(bound);
}

/**
 * Keys of the whole page, by `event.key`. They rest while somebody types in a field, composes Chinese, holds a
 * modifier, or has a dialog or menu open. For letters that come from the workspace; all others are in the key table.
 */
export function usePressed(map: Record<string, OnKey | undefined>): void {
  const held = useRef(map);
  held.current = map;
  // With what is on screen, not some moments after it: people press as soon as they see.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('dialog[open], [role="dialog"], [role="menu"]')) return;
      const action = held.current[event.key];
      // Enter and space belong to the button that has the focus.
      if (!action || ((event.key === 'Enter' || event.key === ' ') && isPressable(event.target))) return;
      event.preventDefault();
      action(event);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a[href], summary') !== null;
