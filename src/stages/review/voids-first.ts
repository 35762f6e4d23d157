import type { Case } from '../../core/ports.ts';

/** Decisions that take a first approval away, since they change what it saw. */
const CHANGES = new Set(['edited', 'template-chosen', 'corrected']);

/** For the log: whose first approval a decision takes away. */
export function voidsFirst({ mention: { firstApproval } }: Case, action: string) {
  if (!firstApproval || !CHANGES.has(action)) return {};
  return { voided: { approver: firstApproval.by, code: 'draft-edited', first: true } };
}
