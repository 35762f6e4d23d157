import { Refused } from '../../core/failures.ts';
import { mayMove } from '../../core/moves.ts';
import type { State } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { takeBackCorrection } from './correct.ts';
import { auditOf } from './look-up.ts';
import type { Asked, ReviewParts } from './review.ts';
import { mustMay, type Seen, seenCase } from './who.ts';

const APPROVED: readonly State[] = ['approved', 'by-hand'];
const SET_ASIDE: readonly State[] = ['dismissed', 'snoozed', 'escalated'];

/** Whether `undo` has something to take back: always until the words are out or on their way. */
export function mayUndo(seen: Pick<Case, 'mention' | 'history'>): boolean {
  const { state, firstApproval } = seen.mention;
  if (firstApproval) return true;
  return APPROVED.includes(state) || SET_ASIDE.includes(state) || wasCorrected(seen);
}

/** The problem type was corrected, and nothing was decided since. */
function wasCorrected({ mention, history }: Pick<Case, 'mention' | 'history'>): boolean {
  return history.at(-1)?.action === 'corrected' && mayMove(mention.state, 'drafted');
}

export async function undo(parts: ReviewParts, asked: Asked): Promise<void> {
  const seen = await seenCase(parts, asked, 'triage');
  const { state, firstApproval } = seen.mention;
  if (firstApproval || APPROVED.includes(state)) mustMay(seen.actor, 'approve');
  if (firstApproval) return takeBackFirst(parts, seen);
  if (APPROVED.includes(state)) return takeBackApproval(parts, seen);
  if (wasCorrected(seen)) return takeBackCorrection(parts, seen);
  if (SET_ASIDE.includes(state)) return takeBackIn(parts, seen);
  if (state === 'sending' || state === 'posted' || state === 'unsure') {
    throw new Refused('too-late', 'It is too late to undo: the reply is on its way or posted.');
  }
  throw new Refused('nothing-to-undo', 'There is no decision on this mention to undo.');
}

/** A step of the outbox, so that whoever comes first wins: this undo or the sender. */
async function takeBackApproval(parts: ReviewParts, seen: Seen): Promise<void> {
  const { approval, mention } = seen;
  if (!approval) throw new Refused('nothing-to-undo', 'There is no approval on this mention to undo.');
  const from = mention.state === 'by-hand' ? 'by-hand' : 'approved';
  const taken = await parts.store.step({
    key: approval.reply.key,
    from,
    to: 'void',
    reason: `Taken back by ${seen.by}.`,
    audit: auditOf(parts, seen, 'undone', 'drafted', { key: approval.reply.key }),
  });
  if (!taken) throw new Refused('too-late', 'It is too late to undo: the reply is on its way or posted.');
}

async function takeBackFirst(parts: ReviewParts, seen: Seen): Promise<void> {
  await parts.store.decide({
    mentionId: seen.mention.id,
    expectedVersion: seen.mention.version,
    firstApproval: null,
    audit: auditOf(parts, seen, 'undone', undefined, { first: true }),
  });
}

async function takeBackIn(parts: ReviewParts, seen: Seen): Promise<void> {
  const { mention } = seen;
  const to = before(seen);
  await parts.store.decide({
    mentionId: mention.id,
    expectedVersion: mention.version,
    to,
    snoozedUntil: null,
    audit: auditOf(parts, seen, 'undone', to),
  });
}

function before({ drafts, assessment }: Case): State {
  if (drafts.length > 0) return 'drafted';
  return assessment ? 'assessed' : 'heard';
}
