import type { Sentiment } from '../../core/nouns.ts';
import type { Hit } from './lexicon.ts';

/** How close before a word a negation must end to turn it, in folded units. */
const REACH = 8;

/**
 * A count of kind and unkind words, negations turned. It knows no irony: for a problem without any such word it says
 * neutral, and kind words about a problem ("great, frozen again") count for little.
 */
export function readSentiment(hits: readonly Hit[], problemType: string): Sentiment {
  let balance = problemType === 'praise' ? 1 : 0;
  const negations = hits.filter(({ meaning }) => meaning.of === 'turn' && meaning.name === 'negation');
  const isProblem = problemType !== 'praise' && problemType !== 'other';
  for (const { meaning, start } of hits) {
    if (meaning.of !== 'sentiment') continue;
    const negated = negations.some(({ end }) => end <= start && start - end <= REACH);
    const kind = (meaning.name === 'positive') !== negated;
    balance += kind ? (isProblem ? 0.4 : 1) : -1;
  }
  if (balance >= 0.9) return 'positive';
  return balance <= -0.9 ? 'negative' : 'neutral';
}
