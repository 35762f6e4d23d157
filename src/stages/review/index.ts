/** Where a person decides. The one stage that can make an approved reply; every surface asks here and nowhere else. */
import type { Case } from '../../core/ports.ts';
import { approve, retry } from './approve.ts';
import { correct } from './correct.ts';
import { checkText, edit, useTemplate } from './edit.ts';
import { feedback } from './feedback.ts';
import { hold, release } from './hold.ts';
import { addNote, editNote, removeNote } from './notes.ts';
import type { ReviewParts } from './parts.ts';
import { confirmPosted, settle } from './posted.ts';
import type { Asked, Review } from './review.ts';
import { needsTwo } from './second.ts';
import { sendingTime } from './sending-time.ts';
import { assign, dismiss, escalate, snooze } from './set-aside.ts';
import { undo } from './undo.ts';
import { changedSince, voidedIn } from './voided.ts';
import { caseOf } from './who.ts';

export { isPosted } from './approve.ts';
export { OWN_CHECKS } from './checks.ts';
export type { ReviewParts } from './parts.ts';
export { DISMISS_REASONS, DISMISS_TITLES, type DismissReasonId } from './reasons.ts';
export type { Asked, Review } from './review.ts';
export { DEFAULT_RULES, type ReviewRules } from './rules.ts';
export type { Undoable } from './standing.ts';
export { mayUndo, undoes } from './undo.ts';
export type { Voided } from './voided.ts';

export function openReview(parts: ReviewParts): Review {
  const thenFresh =
    <Question extends Asked>(decision: (parts: ReviewParts, asked: Question) => Promise<void>) =>
    async (asked: Question): Promise<Case> => {
      await decision(parts, asked);
      return caseOf(parts.store, asked.mentionId);
    };
  return {
    approve: thenFresh((given, asked: Parameters<Review['approve']>[0]) => approve(given, asked)),
    edit: thenFresh(edit),
    useTemplate: thenFresh(useTemplate),
    dismiss: thenFresh(dismiss),
    snooze: thenFresh(snooze),
    assign: thenFresh(assign),
    escalate: thenFresh(escalate),
    correct: thenFresh(correct),
    undo: thenFresh(undo),
    confirmPosted: thenFresh(confirmPosted),
    settle: thenFresh(settle),
    retry: thenFresh(retry),
    feedback: async (asked) => {
      await feedback(parts, asked);
      return caseOf(parts.store, asked.mentionId);
    },
    check: (asked) => checkText(parts, asked),
    note: (asked) => addNote(parts, asked),
    editNote: (asked) => editNote(parts, asked),
    removeNote: (asked) => removeNote(parts, asked),
    hold: (asked) => hold(parts, asked),
    release: (asked) => release(parts, asked),
    outlook: (seen) => {
      const voided = voidedIn(seen);
      const changed = changedSince(parts, seen);
      return {
        needsTwo: needsTwo(parts, seen),
        sendAt: sendingTime(parts, seen),
        ...(voided && { voided }),
        ...(changed && { changed }),
      };
    },
  };
}
