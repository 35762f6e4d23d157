import type { Hold, MentionId } from '../../core/nouns.ts';
import type { Actor } from '../../core/rights.ts';
import type { ReviewParts } from './parts.ts';
import { actorOf, caseOf, mustMay } from './who.ts';

/** Renewed by the page while somebody writes; a page that is gone frees the mention by itself. */
const LEASE_MS = 90_000;

/**
 * Holds a mention for a person who writes. While it is held nobody else decides about it. Returns the hold that stands,
 * which may be somebody else's.
 */
export async function hold(
  parts: ReviewParts,
  asked: { mentionId: MentionId; by: string | Actor; takeOver?: boolean | undefined },
): Promise<Hold> {
  const actor = actorOf(asked.by);
  mustMay(actor, 'draft');
  const { mention } = await caseOf(parts.store, asked.mentionId);
  const now = parts.clock.now();
  return parts.store.hold({
    mentionId: mention.id,
    by: actor.name,
    now,
    until: now + LEASE_MS,
    ...(asked.takeOver && { takeOver: true }),
  });
}

export async function release(parts: ReviewParts, asked: { mentionId: MentionId; by: string | Actor }): Promise<void> {
  await parts.store.release(asked.mentionId, actorOf(asked.by).name);
}
