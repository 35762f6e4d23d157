import type { MentionId } from '../../core/nouns.ts';
import type { ReviewParts } from './parts.ts';

/** For the person who takes over. The surfaces know it in other languages. */
const NOT_SOLVED = 'The author says that the answer did not solve it. Read the thread, then write another answer.';

/** Recorded under "author" and never under a name: the log outlives an erasure. */
export async function feedback(
  { store, clock }: Pick<ReviewParts, 'store' | 'clock'>,
  { mentionId, solved }: { mentionId: MentionId; solved: boolean },
): Promise<void> {
  const action = solved ? 'solved' : 'not-solved';
  const audit = { at: clock.now(), actor: 'author', action, subject: mentionId, detail: {} };
  await store.saveFeedback({ mentionId, solved, trouble: NOT_SOLVED, audit });
}
