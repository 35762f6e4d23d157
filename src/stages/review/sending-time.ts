import { Refused } from '../../core/failures.ts';
import type { Instant } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { nextSending } from '../../core/quiet-hours.ts';
import type { ReviewParts } from './parts.ts';
import { rulesOf } from './rules.ts';

const MONTH_MS = 31 * 86_400_000;

/**
 * When a reply that is approved now would go out: after the time in which it can be taken back, and not in quiet hours,
 * unless it is urgent and the workspace says so.
 */
export function sendingTime(
  parts: Pick<ReviewParts, 'clock' | 'undoMs' | 'rules'>,
  { assessment }: Case,
  notBefore: Instant = 0,
): Instant {
  const soon = Math.max(parts.clock.now() + (parts.undoMs ?? 0), notBefore);
  const { sending } = rulesOf(parts);
  return assessment?.priority === 'urgent' && sending.urgentAtOnce ? soon : nextSending(soon, sending);
}

/** The time that a person chose, which quiet hours do not move. @throws Refused `bad-time` */
export function chosenTime({ clock }: Pick<ReviewParts, 'clock'>, sendAt: Instant): Instant {
  const now = clock.now();
  if (sendAt > now && sendAt <= now + MONTH_MS) return sendAt;
  throw new Refused('bad-time', 'Choose a time in the future, at most a month away.');
}
