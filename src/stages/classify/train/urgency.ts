import { type Example, place } from './examples.ts';
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
const ENOUGH = 20;
/** Parts that are judged in turn by what was learned of the others. */
const PARTS = 5;

/** What tells urgent posts, and from which margin a post is one. */
export interface Urgency {
  separator: Separator;
  from: number;
}

const isUrgent = ({ priority }: Example): boolean => priority === 'urgent';

/**
 * Tells urgent posts from all others: one more separator, over the same features. Where it draws the line is chosen on
 * texts by authors that it had not learned. Nothing where too few examples say that they are urgent.
 */
export function learnUrgency(texts: readonly Example[], matrix: Matrix): Urgency | undefined {
  if (texts.filter(isUrgent).length < ENOUGH) return undefined;
  const costs = costsOf(texts);
  const urgent = Uint8Array.from(texts, (text) => (isUrgent(text) ? 1 : 0));
  const learn = (some: Float64Array) => separate(matrix, urgent, { costs: some, passes: PASSES, seed: 5 });
  const partOf = texts.map(({ author, text }) => Math.floor(place(`urgent${author ?? text}`) * PARTS));
  const margins = new Float64Array(texts.length);
  for (let part = 0; part < PARTS; part++) {
    const others = learn(costs.map((cost, i) => (partOf[i] === part ? 0 : cost)));
    for (const i of texts.keys()) if (partOf[i] === part) margins[i] = marginOf(matrix, i, others);
  }
  const judged = texts.flatMap((text, i) =>
    (costs[i] as number) > 0 ? [{ margin: margins[i] as number, urgent: isUrgent(text) }] : [],
  );
  return { separator: learn(costs), from: urgentThreshold(judged) };
}

function costsOf(texts: readonly Example[]): Float64Array {
  return Float64Array.from(texts, ({ priority, label, register }) => {
    if (priority !== undefined) return priority === 'urgent' ? COST * OWN_COST : COST;
    return register === undefined ? 0 : COST * (DOUBTFUL[label] ?? UNSAID);
  });
}

function marginOf({ from, column, value }: Matrix, text: number, { weights, bias }: Separator): number {
  let margin = bias;
  for (let i = from[text] as number; i < (from[text + 1] as number); i++)
    margin += (weights[column[i] as number] as number) * (value[i] as number);
  return margin;
}

/** Of margins whose F1 is this near the best the highest is taken: what it misses, phrases still name, and theft has a lower bar. */
const NEARLY_BEST = 0.015;

/** The margin from which a text is called urgent, by F1 on texts whose priority is known. */
function urgentThreshold(judged: readonly { margin: number; urgent: boolean }[]): number {
  const all = judged.filter(({ urgent }) => urgent).length;
  const sorted = [...judged].sort((a, b) => b.margin - a.margin);
  let hit = 0;
  const scores = sorted.map(({ urgent }, i) => {
    if (urgent) hit++;
    return (2 * hit) / (i + 1 + all);
  });
  const best = Math.max(0, ...scores);
  const first = scores.findIndex((f1) => f1 >= best - NEARLY_BEST);
  const from = first < 0 ? 0 : (sorted[first] as { margin: number }).margin - 1e-6;
  return Math.round(from * 1000) / 1000;
}
