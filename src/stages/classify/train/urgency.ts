import type { Example } from './examples.ts';
import type { Matrix } from './matrix.ts';
import { type Separator, separate } from './svm.ts';

/** A post whose priority nobody wrote down is taken for not urgent, but counts for less. */
const UNSAID = 0.3;
const UNSAID_LEGAL = 0.1;
/** Urgent posts are few. */
const OWN_COST = 4;
const COST = 1;
const PASSES = 40;
/** Types whose posts are urgent more often than not, or often enough: without a priority they teach nothing sure. */
const DOUBTFUL: Record<string, number> = { 'security-fraud': 0, 'dispute-legal': UNSAID_LEGAL };

/** With fewer urgent posts than this nothing is learned of urgency. */
export const ENOUGH_URGENT = 20;

export const isUrgent = ({ priority }: Example): boolean => priority === 'urgent';

/** Can an example tell right from wrong about urgency? */
export const saysUrgency = ({ priority, label }: Example): boolean => priority !== undefined || !(label in DOUBTFUL);

/** Tells urgent posts from all others: one more separator, over the same features. */
export function urgencyOf(texts: readonly Example[], matrix: Matrix): Separator {
  const costs = Float64Array.from(texts, ({ priority, label, register }) => {
    if (priority !== undefined) return priority === 'urgent' ? COST * OWN_COST : COST;
    return register === undefined ? 0 : COST * (DOUBTFUL[label] ?? UNSAID);
  });
  return separate(
    matrix,
    Uint8Array.from(texts, (text) => (isUrgent(text) ? 1 : 0)),
    { costs, passes: PASSES, seed: 5 },
  );
}

/** A missed theft costs more than a needless look: of thresholds whose F1 is this near the best, the lowest is taken. */
const NEARLY_BEST = 0.015;

/** The margin from which a text is called urgent, by F1 on held-out texts whose priority is known. */
export function urgentThreshold(judged: readonly { margin: number; urgent: boolean }[]): number {
  const all = judged.filter(({ urgent }) => urgent).length;
  const sorted = [...judged].sort((a, b) => b.margin - a.margin);
  let hit = 0;
  const scores = sorted.map(({ urgent }, i) => {
    if (urgent) hit++;
    return (2 * hit) / (i + 1 + all);
  });
  const best = Math.max(0, ...scores);
  const last = scores.findLastIndex((f1) => f1 >= best - NEARLY_BEST);
  const from = last < 0 ? 0 : (sorted[last] as { margin: number }).margin - 1e-6;
  return Math.round(from * 1000) / 1000;
}
