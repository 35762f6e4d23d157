import { draftKey } from '../../core/ids.ts';
import type { ApprovedReply, Draft, Instant } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';

/** The only place where an approved reply comes into being: one revision, its people, bound to what they saw. */
export function approvedReply(
  { mention }: Case,
  draft: Draft,
  fingerprint: string,
  { by, first, at }: { by: string; first: string | undefined; at: Instant },
): ApprovedReply {
  const reply: Omit<ApprovedReply, keyof { [key: symbol]: true }> = {
    key: draftKey(mention.id, draft.revision),
    mentionId: mention.id,
    revision: draft.revision,
    text: draft.text,
    approver: by,
    ...(first !== undefined && { firstApprover: first }),
    approvedAt: at,
    fingerprint,
    how: mention.permission.how === 'api' ? 'api' : 'by-hand',
  };
  return reply as ApprovedReply;
}
