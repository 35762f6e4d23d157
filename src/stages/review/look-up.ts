import { Conflict, Refused } from '../../core/failures.ts';
import { mayMove } from '../../core/moves.ts';
import type { Assessment, Draft, MentionId, ReplyLanguage, State } from '../../core/nouns.ts';
import type { Case, NewAuditEvent, Store } from '../../core/ports.ts';
import type { Asked, ReviewParts } from './review.ts';

const NAME_MAX = 60;
const NOTE_MAX = 500;

/** The case a decision is about, once it is sure that a named person saw this very version. */
export async function seenCase(store: Store, asked: Asked): Promise<Case & { by: string }> {
  const by = personName(asked.by);
  const found = await caseOf(store, asked.mentionId);
  if (found.mention.version !== asked.version) throw new Conflict();
  return { ...found, by };
}

export async function caseOf(store: Store, id: MentionId): Promise<Case> {
  const found = await store.find(id);
  // A prefix is for looking things up; a decision needs the whole id.
  if (found?.mention.id === id && found.mention.state !== 'erased') return found;
  throw new Refused('unknown-mention', 'This mention is not there any more. It may have been deleted at its source.');
}

/** @throws Refused `no-name`: an approval that nobody signed is none. */
export function personName(name: string): string {
  const clean = name.trim();
  if (clean === '') throw new Refused('no-name', 'A decision needs the name of the person who makes it.');
  if (clean.length > NAME_MAX || /\p{Cc}/u.test(clean)) {
    throw new Refused('no-name', `A name has at most ${NAME_MAX} characters and no control characters.`);
  }
  return clean;
}

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
    detail: { before: state, after: to ?? state, ...detail },
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
