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

/** A first answer, and when it should have gone out; without where its type has no target. */
export interface DueAnswer extends FirstAnswer {
  due?: Instant;
}

/** Once for each: by the working hours of a place, it is the dearest step of a report. */
export function withDue(
  { dueAt }: { dueAt(problemType: string, heardAt: Instant): Instant | undefined },
  answers: readonly FirstAnswer[],
): DueAnswer[] {
  return answers.map((answer) => {
    const due = dueAt(answer.problemType, answer.heardAt);
    return due === undefined ? answer : { ...answer, due };
  });
}

export function timesOf(answers: readonly DueAnswer[]): AnswerTimes {
  const waits = answers.map(({ heardAt, answeredAt }) => Math.max(0, answeredAt - heardAt)).sort((a, b) => a - b);
  const median = percentile(waits, 0.5);
  const p90 = percentile(waits, 0.9);
  let withTarget = 0;
  let within = 0;
  for (const { due, answeredAt } of answers) {
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
