import type { State } from './nouns.ts';

/**
 * Which state may follow which, as one table. Every change of a mention's state, whoever asks for it, goes through
 * `mayMove`; the stores check it once more inside the transaction.
 *
 * An edit at the source sends a mention back to `heard`, a deletion to `erased`. What was posted stays posted, unless its
 * author says that it did not help: then it comes back to people as `assessed`, and is posted again if the author takes
 * that back. What is on its way is settled first.
 */
const MOVES: Record<State, readonly State[]> = {
  heard: ['assessed', 'dismissed', 'erased'],
  assessed: ['heard', 'drafted', 'posted', 'approved', 'by-hand', 'dismissed', 'escalated', 'snoozed', 'erased'],
  drafted: ['heard', 'drafted', 'approved', 'by-hand', 'dismissed', 'escalated', 'snoozed', 'erased'],
  approved: ['sending', 'drafted', 'heard', 'erased'],
  sending: ['posted', 'failed', 'unsure', 'approved'],
  unsure: ['sending', 'posted', 'failed', 'approved'],
  failed: ['heard', 'drafted', 'approved', 'by-hand', 'dismissed', 'escalated', 'snoozed', 'erased'],
  'by-hand': ['posted', 'drafted', 'heard', 'erased'],
  // What is set aside can be taken back to wherever it stood.
  escalated: ['heard', 'drafted', 'assessed', 'approved', 'by-hand', 'failed', 'dismissed', 'snoozed', 'erased'],
  snoozed: ['heard', 'drafted', 'assessed', 'approved', 'by-hand', 'failed', 'dismissed', 'escalated', 'erased'],
  dismissed: ['heard', 'drafted', 'assessed', 'failed', 'escalated', 'snoozed', 'erased'],
  // Only for a second reply to the same mention: its author was not helped, or the news is that an incident is over.
  posted: ['assessed', 'drafted', 'erased'],
  erased: [],
};

/** Where a mention goes back to when a person takes back what they said became of a reply. Nothing else goes this way. */
const TAKEN_BACK: Partial<Record<State, readonly State[]>> = {
  posted: ['by-hand', 'unsure'],
  failed: ['unsure'],
};

export const STATES = Object.keys(MOVES) as State[];

/** States that wait for a person. */
export const WAITING: readonly State[] = ['assessed', 'drafted', 'failed', 'unsure'];

export function mayMove(from: State, to: State): boolean {
  return MOVES[from].includes(to);
}

/** Whether a person's word, taken back, leads there. */
export function mayTakeBack(from: State, to: State): boolean {
  return TAKEN_BACK[from]?.includes(to) ?? false;
}
