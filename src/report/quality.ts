import type { CorrectionCount } from '../core/figures.ts';
import type { ReportRow } from '../core/ports.ts';

/** How well mentions were sorted, as far as the people who decided about them corrected it. */
export interface Quality {
  /** Answered or dismissed. */
  decided: number;
  /** Of these, sorted otherwise by a person. */
  corrected: number;
  byType: TypeQuality[];
  /** What is taken for what, the most frequent first. */
  mixedUp: CorrectionCount[];
}

/** Whatever was decided without a correction counts as sorted right. */
export interface TypeQuality {
  problemType: string;
  /** Decided as this in the end. */
  decided: number;
  /** Sorted as this, and it was something else. */
  wrong: number;
  /** Sorted as something else, and it was this. */
  missed: number;
  /** Of what was sorted as this, the share that was. */
  precision?: number;
  /** Of what was this, the share that was sorted so. */
  recall?: number;
}

export function qualityOf(
  rows: readonly Pick<ReportRow, 'problemType' | 'posted' | 'dismissed'>[],
  corrections: readonly CorrectionCount[],
): Quality {
  const mixedUp = corrections.filter(({ from, to }) => from !== to);
  const sum = (some: readonly CorrectionCount[]) => some.reduce((total, { count }) => total + count, 0);
  const decided = new Map<string, number>();
  for (const { problemType, posted, dismissed } of rows) {
    if (problemType) decided.set(problemType, (decided.get(problemType) ?? 0) + posted + dismissed);
  }
  const types = new Set([...decided.keys(), ...mixedUp.flatMap(({ from, to }) => [from, to])]);
  const byType = [...types].map((problemType) =>
    typeQuality(
      problemType,
      decided.get(problemType) ?? 0,
      sum(mixedUp.filter(({ from }) => from === problemType)),
      sum(mixedUp.filter(({ to }) => to === problemType)),
    ),
  );
  return {
    decided: [...decided.values()].reduce((total, count) => total + count, 0),
    corrected: sum(mixedUp),
    byType: byType
      .filter((type) => type.decided + type.wrong + type.missed > 0)
      .sort((a, b) => b.wrong + b.missed - (a.wrong + a.missed) || b.decided - a.decided),
    mixedUp: mixedUp.toSorted((a, b) => b.count - a.count),
  };
}

/** A correction may be of an earlier time than the decision, so that more was corrected than decided: never below none. */
function typeQuality(problemType: string, decided: number, wrong: number, missed: number): TypeQuality {
  const right = Math.max(0, decided - missed);
  return {
    ...{ problemType, decided, wrong, missed },
    ...(right + wrong > 0 && { precision: right / (right + wrong) }),
    ...(right + missed > 0 && { recall: right / (right + missed) }),
  };
}
