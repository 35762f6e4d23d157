import { Refused } from '../../core/failures.ts';
import { mayMove, mayTakeBack } from '../../core/moves.ts';
import type { Draft, Instant, State } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { foldedName } from '../../core/rights.ts';
import { checksOf } from './checks.ts';
import { takeBackCorrection } from './correct.ts';
import { mustTakeDraft, nextRevision, saveRevision } from './edit.ts';
import { auditOf } from './look-up.ts';
import type { ReviewParts } from './parts.ts';
import type { Asked } from './review.ts';
import { lastStanding, type Standing, type Undoable } from './standing.ts';
import { mustMay, type Seen, seenCase } from './who.ts';

const APPROVED: readonly State[] = ['approved', 'by-hand'];

/** How long a person may take back that a reply is out, or is not. Later on, others have relied on it. */
const WORD_MS = 10 * 60_000;

/**
 * Which decision `undo` would take back at a time: the last that stands, until the words are out or on their way. What a
 * person said became of a reply stands after ten minutes.
 */
export function undoes(seen: Case, now: Instant): Undoable | undefined {
  const { state, firstApproval } = seen.mention;
  const standing = lastStanding(seen);
  switch (standing?.action) {
    case 'assigned':
      return 'assigned';
    case 'edited':
    case 'template-chosen':
      return takesDraft(state) && draftBefore(seen, standing) ? standing.action : undefined;
    case 'posted':
    case 'settled':
      return mayTakeBack(state, wordBefore(standing)) && now - standing.event.at <= WORD_MS
        ? standing.action
        : undefined;
    case 'corrected':
      return takesDraft(state) ? 'corrected' : undefined;
    case 'approved-first':
      if (firstApproval) return 'approved-first';
  }
  if (APPROVED.includes(state)) return 'approved';
  if (firstApproval) return 'approved-first';
  if (state === 'dismissed' || state === 'snoozed' || state === 'escalated') return state;
  return undefined;
}

/** Whether there is anything to take back, whenever it is asked: for what stays on screen without being drawn anew. */
export function mayUndo(seen: Case): boolean {
  return undoes(seen, Number.POSITIVE_INFINITY) !== undefined;
}

/** Where the reply stood before a person said what became of it. */
function wordBefore({ event }: Standing): 'by-hand' | 'unsure' {
  return event.detail.before === 'by-hand' ? 'by-hand' : 'unsure';
}

/** The decisions that only whoever holds another right than `triage` takes back. */
const NEEDS = {
  approved: 'approve',
  'approved-first': 'approve',
  edited: 'draft',
  'template-chosen': 'draft',
  posted: 'approve',
  settled: 'approve',
} as const;

export async function undo(parts: ReviewParts, asked: Asked & { action?: string | undefined }): Promise<void> {
  const seen = await seenCase(parts, asked, 'triage');
  const { state } = seen.mention;
  const what = undoes(seen, parts.clock.now());
  if (asked.action !== undefined) mustBeOwn(seen, what, asked.action);
  if (what === undefined) {
    if (state === 'sending' || state === 'posted' || state === 'unsure') throw tooLate();
    throw new Refused('nothing-to-undo', 'There is no decision on this mention to undo.');
  }
  if (what in NEEDS) mustMay(seen.actor, NEEDS[what as keyof typeof NEEDS]);
  if (what === 'approved-first') return takeBackFirst(parts, seen);
  if (what === 'approved') return takeBackApproval(parts, seen);
  if (what === 'posted' || what === 'settled') return takeBackWord(parts, seen);
  if (what === 'assigned') return assignBack(parts, seen);
  if (what === 'corrected') return correctBack(parts, seen);
  if (what === 'edited' || what === 'template-chosen') return takeBackDraft(parts, seen);
  return takeBackIn(parts, seen);
}

/** @throws Refused `decided-since` when somebody else, or another decision, came after the one that is meant. */
function mustBeOwn(seen: Seen, what: Undoable | undefined, action: string): void {
  const by = lastStanding(seen)?.event.actor;
  if (what === undefined || (what === action && by !== undefined && foldedName(by) === foldedName(seen.by))) return;
  throw new Refused('decided-since', 'Something else was decided here since. Look at it, then decide again.');
}

const tooLate = () => new Refused('too-late', 'It is too late to undo: the reply is on its way or posted.');

function takesDraft(state: State): boolean {
  return ![...APPROVED, 'dismissed', 'posted'].includes(state) && mayMove(state, 'drafted');
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
  if (!taken) throw tooLate();
}

/** What was said of a reply was a slip: it waits again for somebody to look. */
async function takeBackWord(parts: ReviewParts, seen: Seen): Promise<void> {
  const { approval, mention } = seen;
  const standing = lastStanding(seen);
  if (!approval || !standing) throw new Refused('nothing-to-undo', 'There is nothing said of this reply to take back.');
  const to = wordBefore(standing);
  const taken = await parts.store.step({
    key: approval.reply.key,
    from: mention.state === 'posted' ? 'posted' : 'failed',
    to,
    reason: `${seen.by} took back what was said of it. Look at the source.`,
    takesBack: true,
    audit: auditOf(parts, seen, 'undone', to, { key: approval.reply.key }),
  });
  if (!taken) throw tooLate();
}

async function takeBackFirst(parts: ReviewParts, seen: Seen): Promise<void> {
  await parts.store.decide({
    mentionId: seen.mention.id,
    expectedVersion: seen.mention.version,
    firstApproval: null,
    audit: auditOf(parts, seen, 'undone', undefined, { first: true }),
  });
}

/** To whoever had it before. */
async function assignBack(parts: ReviewParts, seen: Seen): Promise<void> {
  const before = lastStanding(seen)?.event.detail.from;
  const assignee = typeof before === 'string' ? before : null;
  await parts.store.decide({
    mentionId: seen.mention.id,
    expectedVersion: seen.mention.version,
    assignee,
    audit: auditOf(parts, seen, 'undone', undefined, { from: seen.mention.assignee ?? null, assignee }),
  });
}

async function correctBack(parts: ReviewParts, seen: Seen): Promise<void> {
  const standing = lastStanding(seen);
  const before = standing && draftBefore(seen, standing);
  await takeBackCorrection(parts, seen, before && (await again(parts, seen, before)));
}

/** The words before stand again, as a revision of their own: none is ever overwritten. */
async function takeBackDraft(parts: ReviewParts, seen: Seen): Promise<void> {
  const standing = lastStanding(seen);
  const before = standing && draftBefore(seen, standing);
  if (!before) throw new Refused('nothing-to-undo', 'There is no draft before this one to go back to.');
  mustTakeDraft(seen);
  const draft = await again(parts, seen, before);
  await saveRevision(parts, seen, 'undone', draft, { of: before.revision });
}

async function again(parts: ReviewParts, seen: Seen, before: Draft): Promise<Draft> {
  const checked = await checksOf(parts, seen, before.text, before.lang);
  return { ...before, ...checked, revision: nextRevision(seen), at: parts.clock.now() };
}

/**
 * The draft that a decision replaced. None when there was none, or when what stands now was not made by people: a draft
 * that was made anew answers other words.
 */
function draftBefore({ drafts }: Case, { event, later }: Standing): Draft | undefined {
  const made = [event, ...later].map(({ detail }) => detail.revision).filter((one) => typeof one === 'number');
  const [revision] = made;
  if (typeof event.detail.revision !== 'number' || revision === undefined) return undefined;
  if (drafts.at(-1)?.revision !== Math.max(...made)) return undefined;
  return drafts.findLast((draft) => draft.revision < revision);
}

async function takeBackIn(parts: ReviewParts, seen: Seen): Promise<void> {
  const { mention } = seen;
  const back = stateBefore(seen, parts.clock.now());
  await parts.store.decide({
    mentionId: mention.id,
    expectedVersion: mention.version,
    to: back.state,
    snoozedUntil: back.until,
    audit: auditOf(parts, seen, 'undone', back.state),
  });
}

/** Where it stood before it was set aside, as the log has it; a snooze that would be over by now is over. */
function stateBefore(seen: Case, now: number): { state: State; until: number | null } {
  const { drafts, assessment, mention } = seen;
  const before = lastStanding(seen)?.event.detail.before;
  if (before === 'snoozed') {
    const until = seen.history.findLast(({ action }) => action === 'snoozed')?.detail.until;
    if (typeof until === 'number' && until > now) return { state: 'snoozed', until };
  } else if ((before === 'escalated' || before === 'failed') && mayMove(mention.state, before)) {
    return { state: before, until: null };
  }
  if (drafts.length > 0) return { state: 'drafted', until: null };
  return { state: assessment ? 'assessed' : 'heard', until: null };
}
