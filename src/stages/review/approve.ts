import { Refused } from '../../core/failures.ts';
import type { Check, Draft, Instant } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { approvedReply } from './approved-reply.ts';
import { auditOf, latestDraft, mustMove, replyLanguage, seenCase } from './look-up.ts';
import type { Asked, ReviewParts } from './review.ts';

/** Lets one revision out. `action` is the word in the audit: a retry is an approval of the same text once more. */
export async function approve(
  parts: ReviewParts,
  asked: Asked & { revision: number; notBefore?: Instant },
  action: 'approved' | 'retried' = 'approved',
): Promise<void> {
  const seen = await seenCase(parts.store, asked);
  const { mention } = seen;
  if (mention.permission.how === 'never') {
    throw new Refused('reply-forbidden', `We may not reply here: ${mention.permission.why}`);
  }
  const to = mention.permission.how === 'api' ? 'approved' : 'by-hand';
  mustMove(seen, to);
  const draft = mustBeLatest(seen, asked.revision);
  mustPass(recheck(parts, seen, draft));

  const account = parts.accountOf(mention);
  const approval = approvedReply(seen, draft, seen.by, account, parts.clock.now());
  await parts.store.decide({
    mentionId: mention.id,
    expectedVersion: asked.version,
    to,
    approval,
    sendNotBefore: Math.max(approval.approvedAt + (parts.undoMs ?? 0), asked.notBefore ?? 0),
    audit: auditOf(parts, seen, action, to, {
      key: approval.key,
      fingerprint: approval.fingerprint,
      how: approval.how,
      template: draft.template?.id ?? null,
      edited: draft.by !== 'earshot',
      length: draft.length.used,
      ...laneOf(parts, seen),
    }),
  });
}

/** A failed reply once more, as it is. */
export async function retry(parts: ReviewParts, asked: Asked): Promise<void> {
  const seen = await seenCase(parts.store, asked);
  if (seen.mention.state !== 'failed') {
    throw new Refused('not-from-here', 'Only a reply that failed can be tried again.');
  }
  await approve(parts, { ...asked, revision: latestDraft(seen)?.revision ?? 0 }, 'retried');
}

function mustBeLatest(seen: Case, revision: number): Draft {
  const draft = latestDraft(seen);
  if (!draft)
    throw new Refused('no-draft', 'There is no draft to approve. Choose a template or write the reply first.');
  if (draft.revision === revision) return draft;
  throw new Refused(
    'not-latest',
    `Revision ${revision} is not the latest draft (that is ${draft.revision}). Look at it, then approve it.`,
  );
}

/**
 * The guard rails as they are now. A check that only the draft carries (such as `fits-type`, set by a correction) counts
 * until another revision replaces it.
 */
function recheck({ templates }: ReviewParts, seen: Case, draft: Draft): Check[] {
  const { checks } = templates.check(seen.mention, seen.assessment, draft.text, replyLanguage(seen), seen.said);
  const names = new Set(checks.map(({ name }) => name));
  return [...checks, ...draft.checks.filter(({ name }) => !names.has(name))];
}

function mustPass(checks: Check[]): void {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0) return;
  const reasons = failed.map(({ name, why }) => `${name}: ${why}`).join(' · ');
  throw new Refused('check-failed', `The draft cannot be approved. ${reasons}`);
}

/** Regulated lanes are marked in the log; today one approver is enough in all of them. */
function laneOf({ problemTypes }: ReviewParts, { assessment }: Case): { lane?: string } {
  const type = problemTypes.find(({ id }) => id === assessment?.problemType);
  return type ? { lane: type.lane } : {};
}
