import type { Alarm, HourCount } from '../core/incidents.ts';
import type { Instant } from '../core/nouns.ts';

/** The statistics of README.md: what is usual at this hour of the week, and how unlikely a count is. */

export const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
const WEEKS = 8;
/** How far back the usual level is learned from. */
export const HISTORY_MS = (WEEKS * WEEK_HOURS + 2) * HOUR_MS;

/** The type's own mean counts as this many hours. */
const PRIOR_HOURS = 4;
/** Where nothing is known at all. */
const GUESS_PER_HOUR = 0.5;
/** Where there is less than a day of it, the guess may be far off, and counts as one hour only. */
const HARDLY_ANY_HOURS = 24;
/** Less than a week says nothing about an hour of the week. */
export const LITTLE_HOURS = 168;
const ALARM_BELOW = 2e-6;
const AT_LEAST = 5;
const AT_LEAST_WITH_LITTLE_HISTORY = 7;
export const WINDOWS_MINUTES = [10, 30, 60] as const;

/** The usual level of a type at an hour of the week, and how far it may be trusted. */
export interface Usual {
  perHour: number;
  /** Mentions that the level rests on: few make it uncertain. */
  weight: number;
  /** Variance over mean of the hours, at least 1: how bursty the type is by itself. */
  dispersion: number;
  /** Hours that speak about this hour of the week. */
  hours: number;
  littleHistory: boolean;
}

/**
 * @param counts of this type by hour; hours without a mention may be missing
 * @param since start of the first hour in which anything was heard at all; undefined: nothing yet
 * @param at the moment asked about; its own hour and the one before it are not history
 */
export function usualAt(
  counts: readonly Pick<HourCount, 'hour' | 'count'>[],
  since: Instant | undefined,
  at: Instant,
): Usual {
  const last = Math.floor(at / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
  const first = since === undefined ? last + HOUR_MS : Math.max(Math.floor(since / HOUR_MS) * HOUR_MS, at - HISTORY_MS);
  const known = Math.max(0, Math.floor((last - first) / HOUR_MS) + 1);
  const byHour = new Map(counts.map(({ hour, count }) => [hour, count]));
  const littleHistory = known < LITTLE_HOURS;
  const all = robust(
    counts.filter(({ hour }) => hour >= first && hour <= last).map(({ count }) => count),
    known,
  );
  const mean = known === 0 ? GUESS_PER_HOUR : sum(all) / known;
  const prior = littleHistory ? Math.max(GUESS_PER_HOUR, mean) : Math.max(mean, 1 / known);
  const priorHours = known < HARDLY_ANY_HOURS ? 1 : PRIOR_HOURS;
  const of = (hours: readonly Instant[]) => {
    const same = robust(hours.filter((hour) => hour >= first && hour <= last).map((hour) => byHour.get(hour) ?? 0));
    const weight = sum(same) + priorHours * prior;
    return { same, weight, perHour: weight / (same.length + priorHours) };
  };
  const wide = of(sameHours(at, [-1, 0, 1]));
  const narrow = of(sameHours(at, [0]));
  // Where the day turns, from night to morning, the hours beside it say too little.
  const { weight, perHour } = narrow.perHour > wide.perHour ? narrow : wide;
  const dispersion = Math.max(dispersionOf(wide.same.length >= 8 ? wide.same : all), dispersionOf(narrow.same));
  return { perHour, weight, dispersion, hours: wide.same.length, littleHistory };
}

/** The same hour of the week in the weeks before, and the hours beside it. */
function sameHours(at: Instant, besides: readonly number[]): Instant[] {
  const now = Math.floor(at / HOUR_MS) * HOUR_MS;
  const hours: Instant[] = [];
  for (let week = 1; week <= WEEKS; week++)
    for (const beside of besides) hours.push(now - (week * WEEK_HOURS + beside) * HOUR_MS);
  return hours;
}

/** Cut at what is far above the middle. `length` above that of the list: the rest are zeros. */
function robust(counts: readonly number[], length = counts.length): number[] {
  const padded = [...counts, ...Array.from({ length: Math.max(0, length - counts.length) }, () => 0)];
  if (padded.length < 3) return padded;
  const middle = median(padded);
  const spread = 1.4826 * median(padded.map((count) => Math.abs(count - middle)));
  const most = middle + 3 * spread + 3;
  return padded.map((count) => Math.min(count, most));
}

function dispersionOf(counts: readonly number[]): number {
  const mean = sum(counts) / counts.length;
  if (counts.length < 3 || !(mean > 0)) return 1;
  const variance = sum(counts.map((count) => (count - mean) ** 2)) / (counts.length - 1);
  return Math.min(20, Math.max(1, variance / mean));
}

/**
 * P(X ≥ count) for the number of mentions in `hours`: the tail of a negative binomial with the usual mean, widened by
 * how bursty the type is and by how little the level rests on.
 */
export function chanceOf(
  count: number,
  hours: number,
  { perHour, weight, dispersion }: Pick<Usual, 'perHour' | 'weight' | 'dispersion'>,
): number {
  if (count <= 0) return 1;
  const mean = perHour * hours;
  const shape = mean / (dispersion - 1 + mean / weight);
  const stay = shape / (shape + mean);
  const go = mean / (shape + mean);
  // The tail itself, added up from its first term: 1 minus the rest would lose what is small.
  let term = Math.exp(
    lnGamma(shape + count) - lnGamma(shape) - lnGamma(count + 1) + shape * Math.log(stay) + count * Math.log(go),
  );
  let tail = 0;
  for (let k = count; k < count + 100_000; k++) {
    tail += term;
    const ratio = ((shape + k) / (k + 1)) * go;
    term *= ratio;
    if (ratio < 1 && term < tail * 1e-12) break;
  }
  return Math.min(1, tail);
}

/** Whether so many in so short a time are an alarm, and what to tell about it. */
export function judge(
  seen: { count: number; minutes: number; platforms: string[]; at: Instant },
  usual: Usual,
): Alarm | undefined {
  if (seen.count < (usual.littleHistory ? AT_LEAST_WITH_LITTLE_HISTORY : AT_LEAST)) return undefined;
  const chance = chanceOf(seen.count, seen.minutes / 60, usual);
  if (chance >= ALARM_BELOW) return undefined;
  const { perHour, hours, littleHistory } = usual;
  return { ...seen, usualPerHour: Math.round(perHour * 100) / 100, hoursOfHistory: hours, littleHistory, chance };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Natural logarithm of the gamma function for x > 0 (Lanczos, 15 digits). */
function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const z = x - 1;
  const series = LANCZOS.reduce((total, factor, k) => total + (k === 0 ? factor : factor / (z + k)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

const LANCZOS = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
  1.505_632_735_149_311_6e-7,
];
