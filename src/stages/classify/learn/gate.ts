import type { Comparison, LabelContrast } from './compare.ts';

/** With fewer texts of a type, nobody can say whether it got worse. */
export const LEAST_TO_JUDGE = 10;

/** What stands against a promotion. */
export interface Verdict {
  /** Protected types whose F1 fell. */
  worse: LabelContrast[];
  /** Protected types that too few held-out texts have, with how many they are. */
  unproven: { label: string; n: number }[];
}

/**
 * A model goes live only where no protected type gets worse. A loss counts, also one that chance could have made: a missed
 * theft costs more than a late improvement. What a single text could make is none: two trainings on the same texts, in
 * another order, differ by as much, and with three protected types hardly any model would ever pass.
 */
export function judgePromotion({ labels }: Comparison, protectedTypes: readonly string[]): Verdict {
  const measured = new Map(labels.map((row) => [row.label, row]));
  return {
    worse: protectedTypes.flatMap((type) => {
      const row = measured.get(type);
      return row && row.n >= LEAST_TO_JUDGE && row.difference < -1 / row.n ? [row] : [];
    }),
    unproven: protectedTypes.flatMap((label) => {
      const n = measured.get(label)?.n ?? 0;
      return n < LEAST_TO_JUDGE ? [{ label, n }] : [];
    }),
  };
}
