import type { AuditEvent, Case } from '../../core/ports.ts';

/** Decisions that can be taken back. */
const DECISIONS = [
  'approved',
  'retried',
  'approved-first',
  'dismissed',
  'snoozed',
  'escalated',
  'corrected',
  'assigned',
  'edited',
  'template-chosen',
  'posted',
  'settled',
] as const;
export type Undoable = (typeof DECISIONS)[number];

/** What happens beside the decisions and changes nothing that they stand on. */
const BESIDE = new Set([
  'personal-data-seen',
  'noted',
  'note-edited',
  'note-removed',
  'note-restored',
  'alert-acknowledged',
  'evidence-exported',
  'card-shown',
  'card-updated',
  'receipted',
  'asked-solved',
  'warned',
  'scammer-below',
]);

/** A decision that still stands, with what was decided and undone after it. */
export interface Standing {
  action: Undoable;
  event: AuditEvent;
  later: readonly AuditEvent[];
}

/**
 * The last decision that still stands: each `undone` takes back the one before it. Undefined when something else came
 * after it, such as an edit at the source or a step of the sender.
 */
export function lastStanding({ history }: Pick<Case, 'history'>): Standing | undefined {
  let undone = 0;
  for (let at = history.length - 1; at >= 0; at -= 1) {
    const event = history[at] as AuditEvent;
    const action = decisionIn(event);
    if (event.action === 'undone') undone += 1;
    else if (action && undone === 0) return { action, event, later: history.slice(at + 1) };
    else if (action) undone -= 1;
    else if (!BESIDE.has(event.action)) return undefined;
  }
  return undefined;
}

/** That a reply is out is a decision where a person said so; otherwise it is what a platform answered. */
function decisionIn({ action, detail }: AuditEvent): Undoable | undefined {
  if (action === 'posted' && detail.proof !== 'person') return undefined;
  return DECISIONS.find((one) => one === action);
}
