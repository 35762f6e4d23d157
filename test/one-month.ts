import { join } from 'node:path';
import { moveClock } from './moved-clock.ts';

/**
 * For tests of what is counted by calendar month, such as budgets: where the month (UTC) ends within the hour, the clock of
 * the process that loads this is an hour ahead, and all of the test lies in the next month.
 */
const HOUR = 3_600_000;
const monthAt = (ms: number) => new Date(ms).getUTCMonth();
const endsSoon = monthAt(Date.now()) !== monthAt(Date.now() + HOUR);
const ahead = Number(process.env.CLOCK_AHEAD ?? (endsSoon ? HOUR : 0));
moveClock(ahead);

/** What gives a process that the test starts the same clock. */
export const SAME_MONTH = {
  NODE_OPTIONS: `--import ${join(import.meta.dirname, 'one-month.ts')}`,
  CLOCK_AHEAD: String(ahead),
};
