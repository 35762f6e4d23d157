import { useSyncExternalStore } from 'react';
import type { Detail } from '../../api.ts';

/** One line at the bottom about what was just done, or refused. */
export interface Notice {
  kind: 'done' | 'refused';
  text: string;
  /** What a person may do about it. */
  action?: { label: string; key?: string; run(): void };
}

/** Why a decision about a mention was refused, shown where it was made until the next try. */
export interface Refusal {
  code: string;
  message: string;
  /** What happened since the person looked. */
  since: Detail['history'];
}

interface Notices {
  notice: (Notice & { n: number }) | undefined;
  refusals: ReadonlyMap<string, Refusal>;
}

let state: Notices = { notice: undefined, refusals: new Map() };
let n = 0;
const listeners = new Set<() => void>();

function update(part: Partial<Notices>): void {
  state = { ...state, ...part };
  for (const listener of listeners) listener();
}

export const say = (notice: Notice): void => update({ notice: { ...notice, n: ++n } });
export const hush = (): void => update({ notice: undefined });

export const refuse = (id: string, refusal: Refusal): void =>
  update({ refusals: new Map(state.refusals).set(id, refusal) });

export function forgive(id: string): void {
  if (!state.refusals.has(id)) return;
  const refusals = new Map(state.refusals);
  refusals.delete(id);
  update({ refusals });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useNotices = (): Notices => useSyncExternalStore(subscribe, () => state);
