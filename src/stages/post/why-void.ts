import { fingerprintOf } from '../../core/fingerprint.ts';
import type { ApprovedReply } from '../../core/nouns.ts';
import type { Case, Source } from '../../core/ports.ts';

/**
 * Why an approval no longer stands, or undefined when everything is as the approver saw it. Looked at just before sending.
 */
export function whyVoid(
  reply: ApprovedReply,
  found: Case | undefined,
  source: Source | undefined,
  account: string,
): string | undefined {
  if (!found || found.mention.state === 'erased') return 'The message was deleted at its source.';
  const { mention } = found;
  if (mention.permission.how !== 'api') {
    return `It cannot be answered from here any more: ${mention.permission.why}`;
  }
  if (source && !source.reply) return `Source "${source.id}" cannot post replies.`;
  if (fingerprintOf(found, reply.text, account) === reply.fingerprint) return undefined;
  return whatChanged(reply, found);
}

function whatChanged({ approver, approvedAt }: ApprovedReply, { mention, conversation }: Case): string {
  const again = 'Read it, then approve again.';
  const newer = conversation.some(({ id, heardAt }) => id !== mention.id && heardAt >= approvedAt);
  if (newer) return `A new message came into the conversation after ${approver} approved. ${again}`;
  if ((mention.editedAt ?? 0) >= approvedAt)
    return `The author edited the message after ${approver} approved. ${again}`;
  return `The message, the account we post as or the conversation changed after ${approver} approved. ${again}`;
}
