import { Refused } from '../../core/failures.ts';
import type { Instant } from '../../core/nouns.ts';
import { auditOf, cleanNote, mustMove, personName, seenCase } from './look-up.ts';
import { DISMISS_REASONS, isDismissReason } from './reasons.ts';
import type { Asked, ReviewParts } from './review.ts';

const YEAR_MS = 366 * 86_400_000;

export async function dismiss(
  parts: ReviewParts,
  asked: Asked & { reason: string; note?: string | undefined },
): Promise<void> {
  if (!isDismissReason(asked.reason)) {
    throw new Refused(
      'unknown-reason',
      `"${asked.reason}" is no reason to dismiss. Take one of: ${DISMISS_REASONS.join(', ')}.`,
    );
  }
  const seen = await seenCase(parts.store, asked);
  mustMove(seen, 'dismissed');
  await parts.store.decide({
    mentionId: asked.mentionId,
    expectedVersion: asked.version,
    to: 'dismissed',
    audit: auditOf(parts, seen, 'dismissed', 'dismissed', { reason: asked.reason, ...cleanNote(asked.note) }),
  });
}

export async function snooze(parts: ReviewParts, asked: Asked & { until: Instant }): Promise<void> {
  const now = parts.clock.now();
  if (!(asked.until > now && asked.until <= now + YEAR_MS)) {
    throw new Refused('bad-time', 'Choose a time in the future, at most a year away.');
  }
  const seen = await seenCase(parts.store, asked);
  mustMove(seen, 'snoozed');
  await parts.store.decide({
    mentionId: asked.mentionId,
    expectedVersion: asked.version,
    to: 'snoozed',
    snoozedUntil: asked.until,
    audit: auditOf(parts, seen, 'snoozed', 'snoozed', { until: asked.until }),
  });
}

export async function escalate(parts: ReviewParts, asked: Asked & { note?: string | undefined }): Promise<void> {
  const seen = await seenCase(parts.store, asked);
  mustMove(seen, 'escalated');
  await parts.store.decide({
    mentionId: asked.mentionId,
    expectedVersion: asked.version,
    to: 'escalated',
    audit: auditOf(parts, seen, 'escalated', 'escalated', cleanNote(asked.note)),
  });
}

export async function assign(parts: ReviewParts, asked: Asked & { to: string | null }): Promise<void> {
  const to = asked.to === null ? null : personName(asked.to);
  const seen = await seenCase(parts.store, asked);
  await parts.store.decide({
    mentionId: asked.mentionId,
    expectedVersion: asked.version,
    assignee: to,
    audit: auditOf(parts, seen, 'assigned', undefined, { from: seen.mention.assignee ?? null, to }),
  });
}
