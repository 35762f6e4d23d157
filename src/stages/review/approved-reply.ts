import { fingerprintOf } from '../../core/fingerprint.ts';
import { draftKey } from '../../core/ids.ts';
import type { ApprovedReply, Draft, Instant } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';

/** The only place where an approved reply comes into being: one revision, one person, bound to what they saw. */
export function approvedReply(seen: Case, draft: Draft, approver: string, account: string, at: Instant): ApprovedReply {
  const { mention } = seen;
  const reply: Omit<ApprovedReply, keyof { [key: symbol]: true }> = {
    key: draftKey(mention.id, draft.revision),
    mentionId: mention.id,
    revision: draft.revision,
    text: draft.text,
    approver,
    approvedAt: at,
    fingerprint: fingerprintOf(seen, draft.text, account),
    how: mention.permission.how === 'api' ? 'api' : 'by-hand',
  };
  return reply as ApprovedReply;
}
