import type { Matrix } from './matrix.ts';
import { seeded, shuffle } from './random.ts';

/** One label against all others: a weight per column, and what is added to every text. */
export interface Separator {
  weights: Float64Array;
  bias: number;
}

export interface SvmOptions {
  /** Cost of an error. The larger, the closer to the training texts. */
  cost: number;
  /** How much more an error on the label's own texts costs. */
  ownCost: number;
  passes: number;
  seed: number;
}

/**
 * A linear support vector machine with squared hinge loss, solved in its dual by coordinate descent
 * (Hsieh et al., ICML 2008). The same input gives the same output, bit by bit.
 */
export function separate(matrix: Matrix, mine: Uint8Array, { cost, ownCost, passes, seed }: SvmOptions): Separator {
  const { texts, from, column, value } = matrix;
  const weights = new Float64Array(matrix.columns);
  const alpha = new Float64Array(texts);
  const order = Int32Array.from({ length: texts }, (_, i) => i);
  const random = seeded(seed);
  let bias = 0;
  let active = texts;
  let bound = Number.POSITIVE_INFINITY;

  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, active, random);
    let highest = 0;
    for (let at = 0; at < active; at++) {
      const text = order[at] as number;
      const sign = mine[text] ? 1 : -1;
      const diagonal = 0.5 / (mine[text] ? cost * ownCost : cost);
      const first = from[text] as number;
      const last = from[text + 1] as number;
      let dot = bias;
      for (let i = first; i < last; i++) dot += (weights[column[i] as number] as number) * (value[i] as number);
      const old = alpha[text] as number;
      const gradient = sign * dot - 1 + diagonal * old;
      if (old === 0 && gradient > bound) {
        // Well on its side: not looked at again until the others have settled.
        active--;
        order[at] = order[active] as number;
        order[active] = text;
        at--;
        continue;
      }
      const projected = old === 0 ? Math.min(gradient, 0) : gradient;
      highest = Math.max(highest, Math.abs(projected));
      if (Math.abs(projected) < 1e-8) continue;
      // Texts have length 1 and the bias counts as one more column of ones.
      const next = Math.max(old - gradient / (2 + diagonal), 0);
      alpha[text] = next;
      const step = (next - old) * sign;
      for (let i = first; i < last; i++) {
        const c = column[i] as number;
        weights[c] = (weights[c] as number) + step * (value[i] as number);
      }
      bias += step;
    }
    if (highest < 0.05) {
      if (active === texts) break;
      active = texts;
      bound = Number.POSITIVE_INFINITY;
    } else bound = highest;
  }
  return { weights, bias };
}
