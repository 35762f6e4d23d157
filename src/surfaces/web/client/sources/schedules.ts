import type { Messages } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';

/** Offered in the form: cron, UTC. */
export const SCHEDULES = ['*/1 * * * *', '*/5 * * * *', '*/15 * * * *', '0 * * * *', '0 */6 * * *'] as const;

/** A cron line in words where it is one of the plain ones, else as it stands. */
export function scheduleWords(cron: string, t: Messages, f: Format): string {
  if (cron === '') return t.sources.notScheduled;
  const minutes = /^\*(?:\/(\d+))? \* \* \* \*$/.exec(cron);
  if (minutes) return say(t.sources.every, Number(minutes[1] ?? 1), f);
  const hours = /^\d+ \*(?:\/(\d+))? \* \* \*$/.exec(cron);
  if (hours) return say(t.sources.everyHour, Number(hours[1] ?? 1), f);
  return cron;
}

const say = (words: (n: number, text: string) => string, n: number, f: Format): string => words(n, f.number(n));
