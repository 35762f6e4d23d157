import { Refused } from '../../core/failures.ts';
import { mayMove } from '../../core/moves.ts';
import type { Assessment, Draft, ReplyLanguage, State } from '../../core/nouns.ts';
import type { Case, NewAuditEvent } from '../../core/ports.ts';
import type { ReviewParts } from './parts.ts';
import { voidsFirst } from './voids-first.ts';

const NOTE_MAX = 500;

/** @throws Refused `not-from-here` with what to do first, where the table of moves forbids the step. */
export function mustMove(seen: Case, to: State): void {
  if (!mayMove(seen.mention.state, to)) throw notFromHere(seen);
}

export function notFromHere({ mention: { state } }: Case): Refused {
  return new Refused('not-from-here', `${STATE_SENTENCES[state]} ${NEXT_STEPS[state] ?? ''}`.trim());
}

export function latestDraft({ drafts }: Case): Draft | undefined {
  return drafts.at(-1);
}

/** @throws Refused `not-assessed` while the mention waits for classify. */
export function mustBeAssessed({ assessment }: Case): Assessment {
  if (assessment) return assessment;
  throw new Refused('not-assessed', 'This mention is still being sorted. Try again in a moment.');
}

/** The language a text to this author is checked as: the draft's, else the author's own. */
export function replyLanguage(seen: Case): ReplyLanguage {
  const draft = latestDraft(seen);
  if (draft) return draft.lang;
  const lang = seen.assessment?.lang;
  if (lang === 'zh-Hans' || lang === 'zh-Hant' || lang === 'en') return lang;
  return lang === 'mixed' ? 'zh-Hans' : 'en';
}

/**
 * The event of a decision. Never the mention's or the draft's words: the log outlives an erasure. `to` is left out where
 * the state stays.
 */
export function auditOf(
  { clock }: Pick<ReviewParts, 'clock'>,
  seen: Case & { by: string },
  action: string,
  to: State | undefined,
  detail: Record<string, unknown> = {},
): NewAuditEvent {
  const { id, state } = seen.mention;
  return {
    at: clock.now(),
    actor: seen.by,
    action,
    subject: id,
    detail: { before: state, after: to ?? state, ...voidsFirst(seen, action), ...detail },
  };
}

/** A note as it goes into the log: short, and without runs of digits or addresses that could be somebody's. */
export function cleanNote(note: string | undefined): { note?: string } {
  const clean = (note ?? '')
    .toWellFormed()
    .trim()
    .slice(0, NOTE_MAX)
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '•••')
    .replace(/\d(?:[ -]?\d){5,}/g, '•••');
  return clean === '' ? {} : { note: clean };
}

/** Without lone surrogates and without control characters that a platform would refuse or a terminal obey. */
export function wellFormed(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}

const STATE_SENTENCES: Record<State, string> = {
  heard: 'This mention is still being sorted.',
  assessed: 'This mention has no draft yet.',
  drafted: 'This mention waits for a decision.',
  approved: 'This reply is approved and about to be sent.',
  sending: 'This reply is being sent.',
  unsure: 'It is not known yet whether this reply is out.',
  failed: 'This reply could not be posted.',
  'by-hand': 'This reply is approved and waits to be posted by hand.',
  escalated: 'This mention is escalated.',
  snoozed: 'This mention is snoozed.',
  dismissed: 'This mention is dismissed.',
  posted: 'This reply is posted.',
  erased: 'This mention was deleted at its source.',
};

const NEXT_STEPS: Partial<Record<State, string>> = {
  heard: 'Try again in a moment.',
  approved: 'Undo the approval first.',
  sending: 'Wait for the outcome.',
  unsure: 'Look at the source, then say whether it was posted.',
  'by-hand': 'Confirm that it is posted, or undo the approval first.',
  dismissed: 'Undo the dismissal first.',
  posted: 'What was said cannot be unsaid from here.',
};
