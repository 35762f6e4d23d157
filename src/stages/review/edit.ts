import { createHash } from 'node:crypto';
import { Refused } from '../../core/failures.ts';
import type { Draft, MentionId, State } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { checksOf } from './checks.ts';
import { auditOf, latestDraft, mustBeAssessed, mustMove, notFromHere, replyLanguage, wellFormed } from './look-up.ts';
import type { ReviewParts } from './parts.ts';
import type { Asked } from './review.ts';
import { caseOf, type Seen, seenCase } from './who.ts';

/** Far above every platform's limit; a longer text is a mistake, not a reply. */
const TEXT_MAX = 50_000;

/** A new revision in the person's own words. */
export async function edit(parts: ReviewParts, asked: Asked & { text: string }): Promise<void> {
  const seen = await seenCase(parts, asked, 'draft');
  mustTakeDraft(seen);
  mustBeAssessed(seen);
  const text = postable(asked.text);
  const lang = replyLanguage(seen);
  await saveRevision(parts, seen, 'edited', {
    mentionId: seen.mention.id,
    revision: nextRevision(seen),
    text,
    lang,
    ...(await checksOf(parts, seen, text, lang)),
    by: seen.by,
    at: parts.clock.now(),
  });
}

/** A new revision from another template. */
export async function useTemplate(
  parts: ReviewParts,
  asked: Asked & { templateId: string; again?: boolean },
): Promise<void> {
  const seen = await seenCase(parts, asked, 'draft');
  if (!(asked.again && seen.mention.state === 'posted')) mustTakeDraft(seen);
  const made = parts.templates.draft(seen.mention, mustBeAssessed(seen), parts.clock.now(), {
    templateId: asked.templateId,
    said: seen.said,
  });
  if ('none' in made) throw new Refused('no-template', made.none);
  await saveRevision(parts, seen, 'template-chosen', { ...made, revision: nextRevision(seen) });
}

export async function checkText(parts: ReviewParts, { mentionId, text }: { mentionId: MentionId; text: string }) {
  const seen = await caseOf(parts.store, mentionId);
  return checksOf(parts, seen, wellFormed(text), replyLanguage(seen));
}

export function nextRevision(seen: Case): number {
  return (latestDraft(seen)?.revision ?? 0) + 1;
}

/** What is escalated or snoozed stays so while its draft is worked on; everything else now has a draft to decide on. */
export function stateWithDraft({ mention }: Case): State {
  return mention.state === 'escalated' || mention.state === 'snoozed' ? mention.state : 'drafted';
}

/** @throws Refused `not-from-here` once a reply is approved (its text is what somebody signed) or the mention is closed. */
export function mustTakeDraft(seen: Case): void {
  const { state } = seen.mention;
  if (state === 'approved' || state === 'by-hand' || state === 'dismissed' || state === 'posted')
    throw notFromHere(seen);
  mustMove(seen, 'drafted');
}

/** Saves a draft as the newest revision. The log gets what is needed to tell it, and never its words. */
export async function saveRevision(
  parts: ReviewParts,
  seen: Seen,
  action: string,
  draft: Draft,
  more: Record<string, unknown> = {},
): Promise<void> {
  const to = stateWithDraft(seen);
  await parts.store.decide({
    mentionId: seen.mention.id,
    expectedVersion: seen.mention.version,
    ...(to === seen.mention.state && to !== 'drafted' ? {} : { to }),
    draft,
    audit: auditOf(parts, seen, action, to, {
      revision: draft.revision,
      length: draft.length.used,
      textHash: createHash('sha256').update(draft.text).digest('hex').slice(0, 16),
      template: draft.template?.id ?? null,
      failedChecks: draft.checks.filter(({ ok }) => !ok).map(({ name }) => name),
      ...more,
    }),
  });
}

/** The text as it could be posted. @throws Refused `empty-text`, `text-too-long`. */
function postable(text: string): string {
  const clean = wellFormed(text).trim();
  if (clean === '') throw new Refused('empty-text', 'The reply is empty. Write it, or dismiss the mention.');
  if (clean.length > TEXT_MAX) {
    throw new Refused(
      'text-too-long',
      `The reply has ${clean.length} characters; no platform takes more than ${TEXT_MAX}.`,
    );
  }
  return clean;
}
