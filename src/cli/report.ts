import { type Command, Option } from 'commander';
import type { Spending } from '../core/ports.ts';
import type { SourceSpending } from '../parts/spending.ts';
import { CSV_TABLES, type CsvTable, type Figures } from '../report/index.ts';
import { plain, say, sayJson, table } from './output.ts';
import { wholeNumber } from './queue.ts';
import { withParts } from './with-parts.ts';

export function addReport(program: Command): void {
  program
    .command('report')
    .description(
      'what was heard, answered and dismissed, how long people waited, what authors said of the answers, how well it was sorted, and what the sources cost this month',
    )
    .option('--days <n>', 'how many UTC days, today included', wholeNumber, 30)
    .option(
      '--json',
      'the daily rows as JSON, one a line, then {"spending": …} for each source that costs money, then {"figures": …} with all else',
    )
    .addOption(new Option('--csv <table>', 'one table for a spreadsheet').choices(CSV_TABLES).conflicts('json'))
    .action((options: { days: number; json?: boolean; csv?: CsvTable }) =>
      withParts(async ({ report }) => {
        if (options.csv) {
          process.stdout.write(await report.csv(options.days, options.csv));
          return;
        }
        const figures = await report.last(options.days);
        if (options.json) asJson(figures);
        else inWords(figures, options.days);
      }),
    );
}

function asJson({ rows, spending, ...figures }: Figures): void {
  for (const row of rows) sayJson(row);
  for (const one of spending) sayJson({ spending: one });
  sayJson({ figures });
}

function inWords(figures: Figures, days: number): void {
  const { rows, answers, decisions, quality, incidents, spending } = figures;
  if (rows.length === 0) say(`Nothing was heard in the last ${days} days.`);
  else say(table(['PROBLEM TYPE', ...COLUMNS.map(([, title]) => title)], byType(figures)));
  if (answers.count > 0) {
    say(`\nFirst answer: ${timesInWords(answers)}.`);
    say(table(['PROBLEM TYPE', 'ANSWERED', 'MEDIAN', '9 OF 10', 'IN TIME'], answers.byType.map(timesOf)));
  }
  const { approved, edited, inIncident, dismissed } = decisions;
  if (approved + dismissed > 0) {
    say(
      `\nDecided: ${approved} approved (${edited} of them edited, ${inIncident} for an incident), ${dismissed} dismissed.`,
    );
  }
  if (quality.decided > 0) say(`Sorted: ${quality.corrected} corrected by people, ${quality.decided} decided.`);
  for (const { from, to, count } of quality.mixedUp.slice(0, 5)) say(`  ${from} was really ${to}: ${count}`);
  if (incidents.length > 0) {
    const open = incidents.filter(({ closedAt }) => closedAt === undefined).length;
    say(`Incidents: ${incidents.length}, ${open} of them open.`);
  }
  if (spending.length > 0) {
    say();
    say(table(['SOURCE', 'SPENT', 'BUDGET', spending[0]?.month ?? ''], spending.map(costOf)));
  }
}

const COLUMNS = [
  ['heard', 'HEARD'],
  ['posted', 'ANSWERED'],
  ['dismissed', 'DISMISSED'],
  ['solved', 'SOLVED'],
  ['unsolved', 'NOT SOLVED'],
  ['cameBack', 'CAME BACK'],
] as const;

type Times = Pick<Figures['answers'], 'count' | 'medianMs' | 'p90Ms' | 'withTarget' | 'within'>;

function timesInWords({ count, medianMs, p90Ms, withTarget, within }: Times): string {
  const inTime = withTarget > 0 ? `, ${within} of ${withTarget} in time` : '';
  return `${count} mentions, half within ${waited(medianMs)}, nine of ten within ${waited(p90Ms)}${inTime}`;
}

function timesOf({ problemType, ...times }: Times & { problemType: string }): string[] {
  const { count, medianMs, p90Ms, withTarget, within } = times;
  return [
    problemType,
    String(count),
    waited(medianMs),
    waited(p90Ms),
    withTarget > 0 ? `${within} of ${withTarget}` : 'no target',
  ];
}

/** "12 min", "3.4 h", "2.1 d". */
export function waited(ms: number | undefined): string {
  if (ms === undefined) return '-';
  const minutes = ms / 60_000;
  if (minutes < 60) return `${Math.round(minutes)} min`;
  return minutes < 48 * 60 ? `${(minutes / 60).toFixed(1)} h` : `${(minutes / 1440).toFixed(1)} d`;
}

function costOf(spending: SourceSpending): string[] {
  return [plain(spending.name), usd(spending.spentUsd), usd(spending.budgetUsd), outlookOf(spending)];
}

/** Where this month's spending leads, and what to do once it has led there. */
export function outlookOf({ state, expectedUsd, usedUpAt, renewsAt }: Spending): string {
  if (state === 'used-up') {
    return `used up: neither read nor answered until ${day(renewsAt)}. Raise monthlyBudgetUsd to go on sooner.`;
  }
  if (usedUpAt !== undefined) return `at this rate used up on ${day(usedUpAt)}`;
  return `at this rate ${usd(expectedUsd)} by the end of the month`;
}

/** Dollars to the cent, never to nothing: a mention costs a tenth of one. */
export function usd(sum: number): string {
  return `$${sum > 0 && sum < 0.01 ? sum.toFixed(3) : sum.toFixed(2)}`;
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

function byType({ rows }: Figures): string[][] {
  return [...Map.groupBy(rows, ({ problemType }) => problemType)]
    .map(([type, some]) => ({
      type,
      sums: COLUMNS.map(([column]) => some.reduce((sum, row) => sum + row[column], 0)),
    }))
    .sort((a, b) => (b.sums[0] ?? 0) - (a.sums[0] ?? 0))
    .map(({ type, sums }) => [type, ...sums.map(String)]);
}
