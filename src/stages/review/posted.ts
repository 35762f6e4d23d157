import { Refused } from '../../core/failures.ts';
import type { Receipt } from '../../core/nouns.ts';
import type { Approval, ApprovalState, Case } from '../../core/ports.ts';
import { auditOf } from './look-up.ts';
import type { ReviewParts } from './parts.ts';
import type { Asked } from './review.ts';
import { type Seen, seenCase } from './who.ts';

/** A person posted the reply by hand. Their word, and the address if they give it, is the receipt. */
export async function confirmPosted(parts: ReviewParts, asked: Asked & { url?: string | undefined }): Promise<void> {
  const url = replyUrl(asked.url);
  const seen = await seenCase(parts, asked, 'approve');
  const approval = mustStand(seen, 'by-hand', 'Only a reply that is approved for posting by hand can be confirmed.');
  await sayPosted(parts, seen, approval, 'by-hand', url);
}

/** A person looked at the source whether a reply of unknown outcome is there. */
export async function settle(
  parts: ReviewParts,
  asked: Asked & { outcome: 'posted' | 'not-posted'; url?: string | undefined },
): Promise<void> {
  const url = replyUrl(asked.url);
  const seen = await seenCase(parts, asked, 'approve');
  const approval = mustStand(seen, 'unsure', 'Only a reply of unknown outcome can be settled.');
  if (asked.outcome === 'posted') return sayPosted(parts, seen, approval, 'unsure', url);
  await step(parts, {
    key: approval.reply.key,
    from: 'unsure',
    to: 'failed',
    reason: `${seen.by} looked at the source: it was not posted. Try again, or edit it first.`,
    audit: auditOf(parts, seen, 'settled', 'failed', { key: approval.reply.key, outcome: asked.outcome }),
  });
}

async function sayPosted(
  parts: ReviewParts,
  seen: Seen,
  approval: Approval,
  from: ApprovalState,
  url: string | undefined,
): Promise<void> {
  const { key } = approval.reply;
  const receipt: Receipt = {
    key,
    mentionId: seen.mention.id,
    ...(url && { url }),
    postedAt: parts.clock.now(),
    proof: 'person',
    confirmedBy: seen.by,
  };
  const audit = auditOf(parts, seen, 'posted', 'posted', { key, proof: 'person', withUrl: url !== undefined });
  await step(parts, { key, from, to: 'posted', receipt, audit });
}

/** Compared and set in the outbox, so that a look-up that ends at the same moment cannot be overruled. */
async function step({ store }: ReviewParts, outboxStep: Parameters<ReviewParts['store']['step']>[0]): Promise<void> {
  if (await store.step(outboxStep)) return;
  throw new Refused('too-late', 'The outcome became known in the meantime. Look at the mention again.');
}

function mustStand({ mention, approval }: Case, state: 'by-hand' | 'unsure', sentence: string): Approval {
  if (mention.state === state && approval) return approval;
  throw new Refused('not-from-here', sentence);
}

/** @throws Refused `bad-url`: an address that a colleague will click is http or https and nothing else. */
function replyUrl(url: string | undefined): string | undefined {
  if (url === undefined || url.trim() === '') return undefined;
  const parsed = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
  if (parsed && (parsed.protocol === 'https:' || parsed.protocol === 'http:') && parsed.href.length <= 2000)
    return parsed.href;
  throw new Refused('bad-url', 'Give the address of the reply, starting with http:// or https://, or leave it empty.');
}
