import type { Matrix } from './matrix.ts';
import { seeded, shuffle } from './random.ts';

/** One label against all others: a weight per column, and what is added to every text. */
export interface Separator {
  weights: Float64Array;
  bias: number;
}

export interface SvmOptions {
  /** Cost of an error on each text: the larger, the closer to it. Texts of cost 0 take no part. */
  costs: Float64Array;
  passes: number;
  seed: number;
}

/**
 * A linear support vector machine with squared hinge loss, solved in its dual by coordinate descent
 * (Hsieh et al., ICML 2008). The same input gives the same output, bit by bit.
 */
export function separate(matrix: Matrix, mine: Uint8Array, { costs, passes, seed }: SvmOptions): Separator {
  const { texts, from, column, value } = matrix;
  const weights = new Float64Array(matrix.columns);
  const alpha = new Float64Array(texts);
  const order = Int32Array.from({ length: texts }, (_, i) => i).filter((i) => (costs[i] as number) > 0);
  const squares = squaredLengths(matrix);
  const random = seeded(seed);
  let bias = 0;
  let active = order.length;
  let bound = Number.POSITIVE_INFINITY;

  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, active, random);
    let highest = 0;
    for (let at = 0; at < active; at++) {
      const text = order[at] as number;
      const sign = mine[text] ? 1 : -1;
      const diagonal = 0.5 / (costs[text] as number);
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
      // The bias counts as one more column of ones.
      const next = Math.max(old - gradient / (1 + (squares[text] as number) + diagonal), 0);
      alpha[text] = next;
      const step = (next - old) * sign;
      for (let i = first; i < last; i++) {
        const c = column[i] as number;
        weights[c] = (weights[c] as number) + step * (value[i] as number);
      }
      bias += step;
    }
    if (highest < 0.05) {
      if (active === order.length) break;
      active = order.length;
      bound = Number.POSITIVE_INFINITY;
    } else bound = highest;
  }
  return { weights, bias };
}

function squaredLengths({ texts, from, value }: Matrix): Float64Array {
  const squares = new Float64Array(texts);
  for (let text = 0; text < texts; text++)
    for (let i = from[text] as number; i < (from[text + 1] as number); i++)
      squares[text] = (squares[text] as number) + (value[i] as number) ** 2;
  return squares;
}
