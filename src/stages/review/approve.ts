import { Refused } from '../../core/failures.ts';
import { fingerprintOf } from '../../core/fingerprint.ts';
import { draftKey } from '../../core/ids.ts';
import type { Check, Draft, Instant } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { approvedReply } from './approved-reply.ts';
import { checksOf } from './checks.ts';
import { auditOf, latestDraft, mustMove, replyLanguage } from './look-up.ts';
import type { ReviewParts } from './parts.ts';
import type { Asked } from './review.ts';
import { firstOfTwo, needsTwo, tookItOut } from './second.ts';
import { chosenTime, sendingTime } from './sending-time.ts';
import { type Seen, seenCase } from './who.ts';

interface ToApprove extends Asked {
  revision: number;
  sendAt?: Instant | undefined;
  notBefore?: Instant;
}

/**
 * Lets one revision out. Where two people are needed, the first approval is kept, bound to what was seen, and sends
 * nothing. `action` is the word in the audit: a retry is an approval of the same text once more.
 */
export async function approve(
  parts: ReviewParts,
  asked: ToApprove,
  action: 'approved' | 'retried' = 'approved',
): Promise<void> {
  const seen = await seenCase(parts, asked, 'approve');
  const { mention } = seen;
  if (mention.permission.how === 'never') {
    throw new Refused('reply-forbidden', `We may not reply here: ${mention.permission.why}`);
  }
  mustMove(seen, mention.permission.how === 'api' ? 'approved' : 'by-hand');
  const draft = mustBeLatest(seen, asked.revision);
  mustBeOfToday(parts, draft);
  if (isPosted(seen, draft.revision)) {
    throw new Refused('posted-already', 'This text is posted already. Write another answer, then approve that one.');
  }
  mustPass(await recheck(parts, seen, draft));
  const fingerprint = fingerprintOf(seen, draft, parts.accountOf(mention));
  const two = needsTwo(parts, seen) || tookItOut(parts, seen);
  const first = two ? (firstOfTwo(parts, seen, draft, fingerprint)?.by ?? approvedBefore(seen, action)) : undefined;
  if (two && first === undefined) return approveFirst(parts, seen, draft, fingerprint);
  await letOut(parts, seen, { draft, fingerprint, action, first, sendAt: asked.sendAt, notBefore: asked.notBefore });
}

interface ToLetOut {
  draft: Draft;
  fingerprint: string;
  action: 'approved' | 'retried';
  first: string | undefined;
  sendAt: Instant | undefined;
  notBefore: Instant | undefined;
}

async function letOut(
  parts: ReviewParts,
  seen: Seen,
  { draft, fingerprint, action, first, sendAt, notBefore }: ToLetOut,
) {
  const { mention } = seen;
  const to = mention.permission.how === 'api' ? 'approved' : 'by-hand';
  const approval = approvedReply(seen, draft, fingerprint, { by: seen.by, first, at: parts.clock.now() });
  const sendNotBefore = sendAt === undefined ? sendingTime(parts, seen, notBefore) : chosenTime(parts, sendAt);
  await parts.store.decide({
    mentionId: mention.id,
    expectedVersion: mention.version,
    to,
    approval,
    sendNotBefore,
    audit: auditOf(parts, seen, action, to, {
      key: approval.key,
      fingerprint,
      how: approval.how,
      template: draft.template?.id ?? null,
      articles: draft.template?.articles ?? [],
      edited: draft.by !== 'earshot',
      length: draft.length.used,
      ...(first !== undefined && { first }),
      ...(sendAt !== undefined && { sendAt }),
      ...laneOf(parts, seen),
    }),
  });
}

async function approveFirst(parts: ReviewParts, seen: Seen, draft: Draft, fingerprint: string): Promise<void> {
  const { id, version } = seen.mention;
  const { id: person } = seen.actor;
  await parts.store.decide({
    mentionId: id,
    expectedVersion: version,
    firstApproval: {
      by: seen.by,
      ...(person !== undefined && { person }),
      at: parts.clock.now(),
      revision: draft.revision,
      fingerprint,
    },
    audit: auditOf(parts, seen, 'approved-first', undefined, { revision: draft.revision, ...laneOf(parts, seen) }),
  });
}

/** A failed reply that two people let out is the same reply when it is tried again. */
function approvedBefore({ approval, drafts }: Case, action: 'approved' | 'retried'): string | undefined {
  return action === 'retried' && approval?.reply.revision === drafts.at(-1)?.revision
    ? approval?.reply.firstApprover
    : undefined;
}

/** A failed reply once more, as it is. */
export async function retry(parts: ReviewParts, asked: Asked): Promise<void> {
  const seen = await seenCase(parts, asked, 'approve');
  if (seen.mention.state !== 'failed') {
    throw new Refused('not-from-here', 'Only a reply that failed can be tried again.');
  }
  await approve(parts, { ...asked, revision: latestDraft(seen)?.revision ?? 0 }, 'retried');
}

/** Whether this very revision is out: an author who was not helped gets new words, not the same ones. */
export function isPosted({ mention, receipt }: Case, revision: number): boolean {
  return receipt?.key === draftKey(mention.id, revision);
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

/** @throws Refused `template-changed`: whoever changed the template meant it to be said no more. */
function mustBeOfToday({ templates }: ReviewParts, { template }: Draft): void {
  if (!template || templates.version(template.id) === template.version) return;
  throw new Refused(
    'template-changed',
    `The template ${template.id} was changed since this draft was made. Choose a template again, or edit the draft.`,
  );
}

/**
 * The guard rails as they are now. A check that only the draft carries (such as `fits-type`, set by a correction) counts
 * until another revision replaces it.
 */
async function recheck(parts: ReviewParts, seen: Case, draft: Draft): Promise<Check[]> {
  const { checks } = await checksOf(parts, seen, draft.text, replyLanguage(seen));
  const names = new Set(checks.map(({ name }) => name));
  return [...checks, ...draft.checks.filter(({ name }) => !names.has(name))];
}

function mustPass(checks: Check[]): void {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0) return;
  const reasons = failed.map(({ name, why }) => `${name}: ${why}`).join(' · ');
  throw new Refused('check-failed', `The draft cannot be approved. ${reasons}`);
}

/** Which way it went through review, for the log. */
function laneOf({ problemTypes }: ReviewParts, { assessment }: Case): { lane?: string } {
  const type = problemTypes.find(({ id }) => id === assessment?.problemType);
  return type ? { lane: type.lane } : {};
}
