import type { TrainedModel } from '../model.ts';
import { type Example, split } from './examples.ts';
import { fitModel, type TrainOptions } from './fit.ts';
import { tune, untuned } from './tune.ts';

const HELD_OUT = 0.2;
/** What tuning takes of the whole time, about. */
const TUNING = 0.8;

/**
 * Trains a model: one linear separator per label over hashed word and character pieces. Cost, temperature, the lexicon's
 * weight and the threshold for unsure are fitted on texts held out for it; then all texts are learned. Deterministic: the
 * same examples in the same order give the same bytes.
 * @throws Error when there are fewer than two labels or a label has fewer than two texts.
 */
export function train(examples: readonly Example[], options: TrainOptions = {}): TrainedModel {
  const labels = checkedLabels(examples);
  const { kept, heldOut } = split(examples, HELD_OUT, 'calibration');
  const progress = options.onProgress ?? (() => {});
  const tunable = heldOut.length > 0 && new Set(kept.map(({ label }) => label)).size === labels.length;
  const tuned = tunable
    ? tune(kept, heldOut, labels, options, (done) => progress(done * TUNING))
    : { ...untuned(labels.length), ...(options.cost !== undefined && { cost: options.cost }) };
  return fitModel(examples, labels, options, tuned, (done) => progress(TUNING + done * (1 - TUNING)));
}

function checkedLabels(examples: readonly Example[]): string[] {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2) throw new Error(`A model needs examples of at least two labels; these have ${counts.size}.`);
  const thin = [...counts].filter(([, count]) => count < 2).map(([label]) => label);
  if (thin.length > 0)
    throw new Error(`These labels have a single example each, which is too few to learn from: ${thin.join(', ')}.`);
  return [...counts.keys()].sort();
}
