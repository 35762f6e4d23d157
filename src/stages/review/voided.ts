import { fingerprintOf } from '../../core/fingerprint.ts';
import { VOID_CODES, type VoidCode } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import type { ReviewParts } from './parts.ts';

/** An approval that stands no more, for the screen: whose it was, and why. */
export interface Voided {
  approver: string;
  code: VoidCode;
  /** It was the first of two. */
  first: boolean;
}

/** After these somebody has seen that an approval was void, and gone on from there. */
const SEEN = new Set(['approved', 'approved-first', 'retried', 'dismissed', 'edited', 'template-chosen', 'corrected']);

/** The approval that something took away since the last decision, as the log has it. */
export function voidedIn({ history }: Pick<Case, 'history'>): Voided | undefined {
  for (const { action, detail } of history.toReversed()) {
    const voided = voidedBy(detail.voided);
    if (voided) return voided;
    if (SEEN.has(action)) return undefined;
  }
  return undefined;
}

function voidedBy(detail: unknown): Voided | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined;
  const { approver, code, first } = detail as Record<string, unknown>;
  const known = VOID_CODES.find((one) => one === code);
  return known && typeof approver === 'string' ? { approver, code: known, first: first === true } : undefined;
}

/**
 * What changed under a reply that waits to be posted by hand. It stays approved, since it may be out already: whoever posts
 * it is told, and decides.
 */
export function changedSince(
  parts: Pick<ReviewParts, 'templates' | 'accountOf'>,
  seen: Pick<Case, 'mention' | 'conversation' | 'drafts' | 'approval'>,
): VoidCode | undefined {
  const { mention, conversation, approval } = seen;
  if (mention.state !== 'by-hand' || !approval) return undefined;
  const { reply } = approval;
  const template = seen.drafts.find(({ revision }) => revision === reply.revision)?.template;
  const version = template && parts.templates.version(template.id);
  if (template && version !== template.version) return 'template-changed';
  if (
    fingerprintOf(seen, { text: reply.text, ...(template && { template }) }, parts.accountOf(mention)) ===
    reply.fingerprint
  )
    return undefined;
  if (mention.permission.how === 'never') return 'permission-changed';
  const newer = conversation.some(({ id, heardAt }) => id !== mention.id && heardAt >= reply.approvedAt);
  return newer ? 'new-message' : 'changed';
}
