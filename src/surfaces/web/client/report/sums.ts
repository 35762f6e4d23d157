import type { Report } from '../../api.ts';

type ReportRow = Report['rows'][number];

export interface Sum {
  key: string;
  heard: number;
  posted: number;
  dismissed: number;
  solved: number;
  unsolved: number;
  cameBack: number;
}

const NOTHING = { heard: 0, posted: 0, dismissed: 0, solved: 0, unsolved: 0, cameBack: 0 };

/** Adds up what has the same key, the most heard first. */
export function sumBy(rows: readonly ReportRow[], keyOf: (row: ReportRow) => string): Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key) ?? { key, ...NOTHING };
    sum.heard += row.heard;
    sum.posted += row.posted;
    sum.dismissed += row.dismissed;
    sum.solved += row.solved;
    sum.unsolved += row.unsolved;
    sum.cameBack += row.cameBack;
    sums.set(key, sum);
  }
  return [...sums.values()].sort((a, b) => b.heard - a.heard);
}
