import type { Instant } from '../core/nouns.ts';

/** When somebody is there. Times as "09:00" on the clocks of the place. */
export interface WorkingHours {
  /** IANA name, such as "Asia/Shanghai". */
  timeZone: string;
  from: string;
  to: string;
  /** 1 is Monday, 7 is Sunday. */
  days: readonly number[];
  /** Days off, as "2026-10-01". */
  holidays: readonly string[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A workspace without a working day in so long has none. */
const DAYS_MAX = 800;

/**
 * The moment at which so many working minutes have passed since `start`. Without working hours every minute counts; where
 * there is no working day at all, too.
 */
export function afterWorking(start: Instant, minutes: number, hours: WorkingHours | undefined): Instant {
  if (!hours) return start + minutes * MINUTE;
  let left = minutes * MINUTE;
  const first = dateOf(start, hours.timeZone);
  for (let day = 0; day < DAYS_MAX; day++) {
    const date = new Date(first + day * DAY);
    if (!isWorkingDay(date, hours)) continue;
    const [from, to] = [clockTime(date, hours.from, hours.timeZone), clockTime(date, hours.to, hours.timeZone)];
    const begins = Math.max(from, start);
    if (begins >= to) continue;
    if (begins + left <= to) return begins + left;
    left -= to - begins;
  }
  return start + minutes * MINUTE;
}

/** The last time before a moment, or at it, at which the clocks of a place showed this time on this day of the week. */
export function lastWeekly(now: Instant, weekday: number, time: string, timeZone: string): Instant {
  const today = dateOf(now, timeZone);
  for (let back = 0; back <= 7; back++) {
    const date = new Date(today - back * DAY);
    if (weekdayOf(date) !== weekday) continue;
    const at = clockTime(date, time, timeZone);
    if (at <= now) return at;
  }
  throw new Error(`There is no day ${weekday} in a week.`);
}

/** 1 is Monday, 7 is Sunday. */
const weekdayOf = (date: Date) => ((date.getUTCDay() + 6) % 7) + 1;

function isWorkingDay(date: Date, { days, holidays }: WorkingHours): boolean {
  return days.includes(weekdayOf(date)) && !holidays.includes(date.toISOString().slice(0, 10));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Clocks are changed at a quarter of an hour, and since 2011 nowhere in between: what they show is asked for once in each. */
const QUARTER = 15 * MINUTE;
/** Some years of quarters in which somebody wrote. */
const OFFSETS_KEPT = 50_000;
const offsets = new Map<string, number>();

/** What the clocks of a place show at a moment, to the minute, as if it were UTC. */
function shownAt(at: Instant, timeZone: string): Instant {
  const quarter = Math.floor(at / QUARTER);
  const key = `${timeZone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= OFFSETS_KEPT) offsets.clear();
    offset = askedOf(quarter * QUARTER, timeZone) - quarter * QUARTER;
    offsets.set(key, offset);
  }
  return Math.floor(at / MINUTE) * MINUTE + offset;
}

function askedOf(at: Instant, timeZone: string): Instant {
  let format = formats.get(timeZone);
  if (!format) {
    const numbers = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...numbers });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day ?? 1, part.hour ?? 0, part.minute ?? 0);
}

/** Midnight of the local day, as if it were UTC. */
function dateOf(at: Instant, timeZone: string): Instant {
  return Math.floor(shownAt(at, timeZone) / DAY) * DAY;
}

/** The moment at which the clocks of a place show a time of a day. */
function clockTime(date: Date, time: string, timeZone: string): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = date.getTime() + (hours * 60 + minutes) * MINUTE;
  let at = wanted;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let round = 0; round < 2; round++) at += wanted - shownAt(at, timeZone);
  return at;
}
