import type { Correction, Dismissal } from '../../../core/records.ts';
import type { Example } from '../train/examples.ts';

/** What a reason to dismiss a mention says about its problem type. The other reasons say nothing. */
const TAUGHT_BY_REASON: Readonly<Record<string, string>> = {
  'spam-or-scam': 'scam-spam',
  'not-about-us': 'other',
};

/** The reasons to dismiss that teach something. */
export const TEACHING_REASONS = Object.keys(TAUGHT_BY_REASON);

/** The team's own mentions count more than the examples that came along: they are what it hears. */
const LESSON_WEIGHT = 2;

/**
 * What people taught, as labelled examples: the last correction of each mention, and dismissals whose reason names a type.
 * What somebody said in so many words counts before what a dismissal lets guess. Types that are not there any more teach
 * nothing.
 */
export function lessonsOf(
  corrections: readonly Correction[],
  dismissals: readonly Dismissal[],
  types: ReadonlySet<string>,
): Example[] {
  const lessons = new Map<string, { text: string; label: string }>();
  for (const { mentionId, text, reason } of dismissals) {
    const label = TAUGHT_BY_REASON[reason];
    if (label !== undefined) lessons.set(mentionId, { text, label });
  }
  for (const { mentionId, text, to } of corrections) lessons.set(mentionId, { text, label: to });
  return [...lessons].flatMap(([id, { text, label }]) =>
    types.has(label) && text.trim() !== ''
      ? [{ text, label, author: `mention:${id}`, register: 'mention', weight: LESSON_WEIGHT }]
      : [],
  );
}
