import { Refused } from '../../core/failures.ts';
import { isRegulated } from '../../core/lanes.ts';
import type { Instant } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { auditOf, cleanNote, mustMove } from './look-up.ts';
import type { ReviewParts } from './parts.ts';
import { DISMISS_REASONS, isDismissReason } from './reasons.ts';
import type { Asked } from './review.ts';
import { mustMay, personName, seenCase } from './who.ts';

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
  const seen = await seenCase(parts, asked, 'triage');
  // To leave a report of fraud without an answer is as much of a decision as to answer it.
  if (isRegulated(laneOf(parts, seen))) mustMay(seen.actor, 'approve');
  mustMove(seen, 'dismissed');
  await parts.store.decide({
    mentionId: asked.mentionId,
    expectedVersion: asked.version,
    to: 'dismissed',
    audit: auditOf(parts, seen, 'dismissed', 'dismissed', { reason: asked.reason, ...cleanNote(asked.note) }),
  });
}

function laneOf({ problemTypes }: ReviewParts, { assessment }: Case): string | undefined {
  return problemTypes.find(({ id }) => id === assessment?.problemType)?.lane;
}

export async function snooze(parts: ReviewParts, asked: Asked & { until: Instant }): Promise<void> {
  const now = parts.clock.now();
  if (!(asked.until > now && asked.until <= now + YEAR_MS)) {
    throw new Refused('bad-time', 'Choose a time in the future, at most a year away.');
  }
  const seen = await seenCase(parts, asked, 'triage');
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
  const seen = await seenCase(parts, asked, 'triage');
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
  const seen = await seenCase(parts, asked, 'triage');
  await parts.store.decide({
    mentionId: asked.mentionId,
    expectedVersion: asked.version,
    assignee: to,
    audit: auditOf(parts, seen, 'assigned', undefined, { from: seen.mention.assignee ?? null, to }),
  });
}
