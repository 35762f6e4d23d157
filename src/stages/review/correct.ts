import { Refused } from '../../core/failures.ts';
import { type Assessment, type Draft, PRIORITIES, type Priority } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { mustTakeDraft, nextRevision, stateWithDraft } from './edit.ts';
import { auditOf, latestDraft, mustBeAssessed } from './look-up.ts';
import type { ReviewParts } from './parts.ts';
import type { Asked } from './review.ts';
import { seenCase } from './who.ts';

/** The problem type that stands for scams: correcting to it, or away from it, says what the scam score only guessed. */
const SCAM_TYPE = 'scam-spam';

/** The mention is about something else: kept as an example to learn from, and drafted again for the right type. */
export async function correct(parts: ReviewParts, asked: Asked & { problemType: string }): Promise<void> {
  const type = parts.problemTypes.find(({ id }) => id === asked.problemType);
  if (!type) {
    const ids = parts.problemTypes.map(({ id }) => id).join(', ');
    throw new Refused('unknown-problem-type', `"${asked.problemType}" is no problem type. Take one of: ${ids}.`);
  }
  const seen = await seenCase(parts, asked, 'triage');
  mustTakeDraft(seen);
  const before = mustBeAssessed(seen);
  const assessment = corrected(parts, before, type);
  const draft = draftAgain(parts, seen, assessment);
  const to = draft ? stateWithDraft(seen) : seen.mention.state;
  await parts.store.decide({
    mentionId: asked.mentionId,
    expectedVersion: asked.version,
    ...(to === seen.mention.state && to !== 'drafted' ? {} : { to }),
    assessment,
    ...(draft && { draft }),
    correction: {
      mentionId: asked.mentionId,
      text: seen.mention.text,
      from: before.problemType,
      to: type.id,
      by: seen.by,
      at: parts.clock.now(),
      before,
    },
    audit: auditOf(parts, seen, 'corrected', to, {
      from: before.problemType,
      to: type.id,
      template: draft?.template?.id ?? null,
      ...(draft && { revision: draft.revision }),
    }),
  });
}

/**
 * Puts back what was thought before the last correction, and forgets the example that it was. `before` are the words that
 * stood then; without, it is drafted anew.
 */
export async function takeBackCorrection(
  parts: ReviewParts,
  seen: Case & { by: string },
  before: Draft | undefined,
): Promise<void> {
  const correction = await parts.store.lastCorrection(seen.mention.id);
  if (!correction?.before) {
    throw new Refused('nothing-to-undo', 'This correction is too old to undo. Correct the problem type once more.');
  }
  const assessment = correction.before;
  const draft = before ?? draftAgain(parts, seen, assessment);
  const to = draft ? stateWithDraft(seen) : seen.mention.state;
  await parts.store.decide({
    mentionId: seen.mention.id,
    expectedVersion: seen.mention.version,
    ...(to === seen.mention.state && to !== 'drafted' ? {} : { to }),
    assessment,
    ...(draft && { draft }),
    correction: 'take-back',
    audit: auditOf(parts, seen, 'undone', to, {
      from: correction.to,
      to: correction.from,
      ...(draft && { revision: draft.revision }),
    }),
  });
}

/**
 * The verdict of a person is sure, so nothing else is likely any more: what the classifier thought stays in the list to go
 * back to, with no confidence, and keeps no template away. Whether it is a scam is settled with it.
 */
function corrected(parts: ReviewParts, before: Assessment, type: { id: string; priority: Priority }): Assessment {
  const thought = [before.problemType, ...before.others.map((verdict) => verdict.type)];
  const priority = priorityAfter(parts, before, type.priority);
  const raised = priority !== before.priority;
  const isScam = type.id === SCAM_TYPE;
  return {
    ...before,
    problemType: type.id,
    confidence: 1,
    unsure: false,
    others: [...new Set(thought)].filter((id) => id !== type.id).map((id) => ({ type: id, confidence: 0 })),
    priority,
    priorityReasons: raised ? ['So it starts, by the problem type that a person set'] : before.priorityReasons,
    scam: isScam ? 1 : 0,
    scamReasons: isScam ? [...before.scamReasons, 'A person says that it is a scam'] : [],
    at: parts.clock.now(),
  };
}

/** A priority that came from the old type alone goes with it; one that the text itself raised is never lowered. */
function priorityAfter({ problemTypes }: ReviewParts, before: Assessment, starts: Priority): Priority {
  const fromType = problemTypes.find(({ id }) => id === before.problemType)?.priority === before.priority;
  const moreUrgent = PRIORITIES.indexOf(starts) < PRIORITIES.indexOf(before.priority);
  return fromType || moreUrgent ? starts : before.priority;
}

/**
 * The draft for the right type. Where no template fits, an existing draft is kept for its words but marked, so that a
 * reply about the wrong problem is not let out by habit.
 */
function draftAgain(parts: ReviewParts, seen: Case, assessment: Assessment): Draft | undefined {
  const revision = nextRevision(seen);
  const made = parts.templates.draft(seen.mention, assessment, parts.clock.now(), { said: seen.said });
  if (!('none' in made)) return { ...made, revision };
  const old = latestDraft(seen);
  if (!old) return undefined;
  const why = `This draft was written for another problem type, and there is none for "${assessment.problemType}": ${made.none} Rewrite it, or dismiss the mention.`;
  const checks = [...old.checks.filter(({ name }) => name !== 'fits-type'), { name: 'fits-type', ok: false, why }];
  return { ...old, revision, checks, at: parts.clock.now() };
}
