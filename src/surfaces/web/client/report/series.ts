import type { Report } from '../../api.ts';
import { sumBy } from './sums.ts';

type Row = Report['rows'][number];

type ReportTime = Pick<Report, 'rows' | 'from' | 'to' | 'days'>;

/** By what the volume is told apart. */
export const DIMENSIONS = ['problemType', 'source', 'lang'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface Series {
  /** The most numerous ones; the last stands for all others where there are more, with an empty name. */
  keys: (string | undefined)[];
  /** How many were heard of each, oldest step first. */
  steps: { at: number; parts: number[] }[];
}

const DAY = 86_400_000;
const SHOWN = 5;

/** Mentions over the whole time, also where nothing was heard. */
export function seriesOf({ rows, from, to, days }: ReportTime, by: Dimension): Series {
  const sums = sumBy(rows, (row) => row[by]);
  const shown: (string | undefined)[] = sums
    .slice(0, sums.length > SHOWN + 1 ? SHOWN : SHOWN + 1)
    .map(({ key }) => key);
  const keys = sums.length > shown.length ? [...shown, undefined] : shown;
  const place = (row: Row) => (shown.includes(row[by]) ? shown.indexOf(row[by]) : keys.length - 1);
  const length = days * DAY;
  const steps = Array.from({ length: Math.max(1, Math.ceil((to - from) / length)) }, (_, n) => ({
    at: from + n * length,
    parts: keys.map(() => 0),
  }));
  for (const row of rows) {
    const parts = steps[Math.floor((row.day - from) / length)]?.parts;
    const n = place(row);
    if (parts) parts[n] = (parts[n] ?? 0) + row.heard;
  }
  return { keys, steps };
}
