import type { Instant } from './nouns.ts';

/** When replies may go out, as the workspace says, or when a person's device may make itself heard. */
export interface SendingRules {
  /** IANA name, such as "Asia/Shanghai". The quiet hours are of this place. */
  timeZone: string;
  /** From and to as "22:00" and "08:00"; over midnight when `from` is the later one. None: replies go out at any time. */
  quietHours?: { from: string; to: string };
  /** Urgent mentions are answered in quiet hours too. */
  urgentAtOnce: boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60;

/** Minutes since midnight of "08:30". */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes since midnight on the clocks of a place. */
function localMinutes(at: Instant, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return minutesOf(format.format(at));
}

export function isQuiet(at: Instant, { timeZone, quietHours }: SendingRules): boolean {
  if (!quietHours) return false;
  const [from, to, now] = [minutesOf(quietHours.from), minutesOf(quietHours.to), localMinutes(at, timeZone)];
  return from <= to ? from <= now && now < to : from <= now || now < to;
}

/**
 * The first moment from `at` on at which a reply may go out: `at` itself outside of quiet hours, else their end, to the
 * minute. Clocks that are put forward or back are met by looking at the clock there again.
 */
export function nextSending(at: Instant, rules: SendingRules): Instant {
  if (!rules.quietHours || !isQuiet(at, rules)) return at;
  const wait = (minutesOf(rules.quietHours.to) - localMinutes(at, rules.timeZone) + DAY) % DAY;
  const end = Math.floor(at / MINUTE) * MINUTE + wait * MINUTE;
  // Put forward in between, the quiet hours ended up to an hour before; put back, they go on.
  for (let then = end - 90 * MINUTE; then <= end + 90 * MINUTE; then += 15 * MINUTE) {
    if (then > at && !isQuiet(then, rules) && isQuiet(then - MINUTE, rules)) return then;
  }
  return end;
}
