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
 * A model goes live only where no protected type gets worse. Any loss counts, also one that chance could have made: a
 * missed theft costs more than a late improvement.
 */
export function judgePromotion({ labels }: Comparison, protectedTypes: readonly string[]): Verdict {
  const measured = new Map(labels.map((row) => [row.label, row]));
  return {
    worse: protectedTypes.flatMap((type) => {
      const row = measured.get(type);
      return row && row.n >= LEAST_TO_JUDGE && row.difference < 0 ? [row] : [];
    }),
    unproven: protectedTypes.flatMap((label) => {
      const n = measured.get(label)?.n ?? 0;
      return n < LEAST_TO_JUDGE ? [{ label, n }] : [];
    }),
  };
}
