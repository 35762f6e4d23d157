import type { FirstAnswer } from '../core/figures.ts';
import type { Instant } from '../core/nouns.ts';

/** How long people waited for a first answer, from when their mention was heard. Times by the clock, in milliseconds. */
export interface AnswerTimes {
  /** Mentions whose first answer went out. */
  count: number;
  /** Half of them waited no longer. Left out where there are none. */
  medianMs?: number;
  /** Nine of ten waited no longer. */
  p90Ms?: number;
  /** Those that have a target, and how many of these met it, by the working hours. */
  withTarget: number;
  within: number;
}

export function timesOf(
  { dueAt }: { dueAt(problemType: string, heardAt: Instant): Instant | undefined },
  answers: readonly FirstAnswer[],
): AnswerTimes {
  const waits = answers.map(({ heardAt, answeredAt }) => Math.max(0, answeredAt - heardAt)).sort((a, b) => a - b);
  const median = percentile(waits, 0.5);
  const p90 = percentile(waits, 0.9);
  let withTarget = 0;
  let within = 0;
  for (const { problemType, heardAt, answeredAt } of answers) {
    const due = dueAt(problemType, heardAt);
    if (due === undefined) continue;
    withTarget += 1;
    if (answeredAt <= due) within += 1;
  }
  return {
    count: answers.length,
    ...(median !== undefined && { medianMs: median }),
    ...(p90 !== undefined && { p90Ms: p90 }),
    withTarget,
    within,
  };
}

/** The nearest-rank percentile: the smallest value that at least this share of them does not exceed. */
export function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
