import { createTask } from 'node-cron';

/** Enough to see a weekend of a schedule that reads every five minutes of a working day. */
const RUNS = 1_000;
const known = new Map<string, number>();

/** The longest time between two of the next runs of a cron expression, in seconds: nights and weekends count. */
export function longestGap(cron: string): number {
  const before = known.get(cron);
  if (before !== undefined) return before;
  const task = createTask(cron, () => {}, { timezone: 'UTC' });
  const runs = task.getNextRuns(RUNS).map((run) => run.getTime());
  void task.destroy();
  const gaps = runs.slice(1).map((run, at) => run - (runs[at] ?? run));
  const longest = Math.max(0, ...gaps) / 1000;
  known.set(cron, longest);
  return longest;
}
