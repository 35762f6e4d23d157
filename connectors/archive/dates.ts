import { type Instant, parseDate } from '#kit';
import { isObject } from './values.ts';

const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** 2017/10/31, 2017.10.31 and 2017年10月31日 */
const YEAR_FIRST = /^(\d{4})\s?[/.年]\s?(\d{1,2})\s?[/.月]\s?(\d{1,2})日?/;

/**
 * A point in time in any of the ways files write it: seconds, milliseconds or microseconds since 1970, or what
 * `parseDate` reads. Nonsense, and what has two readings (3/4/2024), is nothing.
 */
export function instant(value: unknown): Instant | undefined {
  if (typeof value === 'number') return fromNumber(value);
  // Document databases export {"$date": …}, and inside it {"$numberLong": "…"}.
  if (isObject(value)) return instant(value.$date ?? value.$numberLong);
  if (typeof value !== 'string') return undefined;
  const text = value.slice(0, 100).trim();
  if (/^\d{9,17}(\.\d+)?$/.test(text)) return fromNumber(Number(text));
  return plausible(parseDate(text.replace(YEAR_FIRST, '$1-$2-$3')));
}

function fromNumber(value: number): Instant | undefined {
  const milliseconds = value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000;
  return plausible(Math.round(milliseconds));
}

function plausible(milliseconds: number | undefined): Instant | undefined {
  const fits = milliseconds !== undefined && milliseconds >= EARLIEST && milliseconds < LATEST;
  return fits ? milliseconds : undefined;
}
