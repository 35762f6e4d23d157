import type { Instant } from '../core/nouns.ts';

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([A-Za-z]+|[+-]\d{2}(?::?\d{2})?)?)?$/;
/** "Mon, 02 Jan 2006 15:04:05 GMT", also with two-digit years, without seconds, without weekday or with a wrong one. */
const MAIL =
  /^(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})[\s-]([A-Za-z]{3,9})\.?,?[\s-](\d{2}|\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([A-Za-z]+|[+-]\d{2}:?\d{2})?)?(?:\s*\([^)]{0,40}\))?$/;
/** "Mon Jan 02 15:04:05 +0000 2006", as C's asctime and some APIs write it. */
const UNIX =
  /^[A-Za-z]{3,9}\s+([A-Za-z]{3,9})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})(?:\s+([A-Za-z]+|[+-]\d{4}))?\s+(\d{4})$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Hours from UTC. The American ones stand in RFC 822; anything else by name is ambiguous and not read. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/**
 * Reads the dates that feeds, mails, APIs and exports write: ISO 8601, RFC 822 and asctime. The same on every machine,
 * whatever its time zone: a time without a zone counts as UTC.
 *
 * Undefined for anything else, for days that do not exist and for zones by ambiguous names. A guess would order the
 * queue wrongly.
 */
export function parseDate(text: string): Instant | undefined {
  const trimmed = text.slice(0, 100).trim();
  const iso = ISO.exec(trimmed);
  if (iso) return instant(iso[1], Number(iso[2]), iso[3], iso.slice(4, 7), iso[8], iso[7]);
  const mail = MAIL.exec(trimmed);
  if (mail) return instant(fullYear(mail[3] ?? ''), monthOf(mail[2]), mail[1], mail.slice(4, 7), mail[7]);
  const unix = UNIX.exec(trimmed);
  if (unix) return instant(unix[7], monthOf(unix[1]), unix[2], unix.slice(3, 6), unix[6]);
  return undefined;
}

function instant(
  year: string | undefined,
  month: number,
  day: string | undefined,
  time: (string | undefined)[],
  zone: string | undefined,
  fraction = '',
): Instant | undefined {
  const [hours, minutes, seconds] = time.map((part) => Number(part ?? 0)) as [number, number, number];
  const offset = zoneMinutes(zone);
  if (offset === undefined || hours > 24 || minutes > 59 || seconds > 60) return undefined;

  const midnight = new Date(0);
  // setUTCFullYear, since Date.UTC takes the years 0 to 99 for 1900 to 1999.
  midnight.setUTCFullYear(Number(year), month - 1, Number(day));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== Number(day)) return undefined;
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  // A leap second has no number of its own.
  return midnight.getTime() + ((hours * 60 + minutes - offset) * 60 + Math.min(seconds, 59)) * 1000 + millis;
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (!zone) return 0;
  const signed = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!signed) {
    const hours = ZONES[zone.toLowerCase()];
    return hours === undefined ? undefined : hours * 60;
  }
  const [, sign, hours, minutes = '0'] = signed;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

/** RFC 2822: two digits up to 49 are 20xx, the others 19xx. */
function fullYear(digits: string): string {
  if (digits.length === 4) return digits;
  return `${Number(digits) < 50 ? '20' : '19'}${digits}`;
}
