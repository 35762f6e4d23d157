import type { Figures } from './figures.ts';

export const CSV_TABLES = ['volume', 'answers', 'decisions', 'quality', 'incidents', 'spending'] as const;
export type CsvTable = (typeof CSV_TABLES)[number];

type Cell = string | number | undefined;

/** One table of a report for a spreadsheet: UTF-8 with a mark that Excel needs, CRLF, the first line with the names. */
export function csvOf(figures: Figures, table: CsvTable): string {
  const { head, rows } = TABLES[table](figures);
  return `\ufeff${[head, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/**
 * A text that a spreadsheet would read as a formula gets an apostrophe in front: names of sources come from outside. Blanks
 * in front do not hide it, nor do the wide signs of Chinese keyboards.
 */
export function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^\s*[=+\-@\t\r\n＝＋－＠]/u.test(cell) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

const TABLES: Record<CsvTable, (figures: Figures) => { head: string[]; rows: Cell[][] }> = {
  volume: ({ rows }) => ({
    head: [
      'day',
      'problem_type',
      'source',
      'language',
      'heard',
      'posted',
      'dismissed',
      'solved',
      'not_solved',
      'came_back',
    ],
    rows: rows.map((row) => [
      ...[day(row.day), row.problemType, row.source, row.lang],
      ...[row.heard, row.posted, row.dismissed, row.solved, row.unsolved, row.cameBack],
    ]),
  }),
  answers: ({ answers }) => ({
    head: [
      ...['problem_type', 'answered', 'median_minutes', 'p90_minutes', 'target_working_minutes'],
      ...['with_target', 'within_target'],
    ],
    rows: answers.byType.map((type) => [
      ...[type.problemType, type.count, minutes(type.medianMs), minutes(type.p90Ms), type.targetMinutes],
      ...[type.withTarget, type.within],
    ]),
  }),
  decisions: ({ decisions }) => ({
    head: ['problem_type', 'approved', 'edited', 'in_incident', 'dismissed'],
    rows: decisions.byType.map((type) => [
      ...[type.problemType, type.approved, type.edited, type.inIncident, type.dismissed],
    ]),
  }),
  quality: ({ quality }) => ({
    head: ['problem_type', 'decided', 'wrong', 'missed', 'precision', 'recall'],
    rows: quality.byType.map((type) => [
      ...[type.problemType, type.decided, type.wrong, type.missed, share(type.precision), share(type.recall)],
    ]),
  }),
  incidents: ({ incidents }) => ({
    head: ['incident', 'problem_type', 'opened', 'closed', 'reason', 'mentions'],
    rows: incidents.map((one) => [
      ...[one.id, one.problemType, moment(one.openedAt), one.closedAt === undefined ? undefined : moment(one.closedAt)],
      ...[one.closeReason, one.mentions],
    ]),
  }),
  spending: ({ spending }) => ({
    head: ['source', 'name', 'month', 'spent_usd', 'budget_usd', 'expected_usd'],
    rows: spending.map((one) => [one.source, one.name, one.month, one.spentUsd, one.budgetUsd, one.expectedUsd]),
  }),
};

const moment = (at: number) => new Date(at).toISOString();
const day = (at: number) => moment(at).slice(0, 10);
const minutes = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms / 6_000) / 10);
const share = (part: number | undefined) => (part === undefined ? undefined : Math.round(part * 1000) / 1000);
