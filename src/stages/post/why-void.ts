import { fingerprintOf } from '../../core/fingerprint.ts';
import type { ApprovedReply, VoidCode } from '../../core/nouns.ts';
import type { Case, Source, TemplateBook } from '../../core/ports.ts';

/** Why an approval no longer stands: a word for machines, and a sentence for people. */
export interface WhyVoid {
  code: VoidCode;
  reason: string;
}

interface AsItIs {
  found: Case | undefined;
  source: Source | undefined;
  /** Who we would answer as. */
  account: string;
  templates: Pick<TemplateBook, 'version'>;
}

/**
 * Why an approval no longer stands, or undefined when everything is as the approver saw it. Looked at just before sending.
 */
export function whyVoid(reply: ApprovedReply, { found, source, account, templates }: AsItIs): WhyVoid | undefined {
  if (!found || found.mention.state === 'erased')
    return { code: 'cannot-reply', reason: 'The message was deleted at its source.' };
  const { mention } = found;
  if (mention.permission.how !== 'api')
    return {
      code: 'permission-changed',
      reason: `It cannot be answered from here any more: ${mention.permission.why}`,
    };
  if (source && !source.reply) return { code: 'cannot-reply', reason: `Source "${source.id}" cannot post replies.` };
  const template = found.drafts.find(({ revision }) => revision === reply.revision)?.template;
  if (template && templates.version(template.id) !== template.version)
    return {
      code: 'template-changed',
      reason: `The template ${template.id} was changed after ${reply.approver} approved. Choose a template again.`,
    };
  const draft = { text: reply.text, ...(template && { template }) };
  return fingerprintOf(found, draft, account) === reply.fingerprint ? undefined : whatChanged(reply, found);
}

function whatChanged({ approver, approvedAt }: ApprovedReply, { mention, conversation }: Case): WhyVoid {
  const again = 'Read it, then approve again.';
  const newer = conversation.some(({ id, heardAt }) => id !== mention.id && heardAt >= approvedAt);
  if (newer)
    return {
      code: 'new-message',
      reason: `A new message came into the conversation after ${approver} approved. ${again}`,
    };
  if ((mention.editedAt ?? 0) >= approvedAt)
    return { code: 'edited-at-source', reason: `The author edited the message after ${approver} approved. ${again}` };
  return {
    code: 'changed',
    reason: `The message, the account we post as or the conversation changed after ${approver} approved. ${again}`,
  };
}
