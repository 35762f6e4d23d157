import type { Command } from 'commander';
import type { ReportRow, Spending } from '../core/ports.ts';
import type { SourceSpending } from '../parts/spending.ts';
import { plain, say, sayJson, table } from './output.ts';
import { wholeNumber } from './queue.ts';
import { withParts } from './with-parts.ts';

const DAY = 86_400_000;

export function addReport(program: Command): void {
  program
    .command('report')
    .description(
      'what was heard, answered and dismissed, what authors said of the answers, by problem type, and what the sources cost this month',
    )
    .option('--days <n>', 'how many days back, in UTC', wholeNumber, 30)
    .option('--json', 'the daily rows as JSON, one a line, then {"spending": …} for each source that costs money')
    .action((options: { days: number; json?: boolean }) =>
      withParts(async ({ store, clock, sources }) => {
        const to = clock.now() + 1;
        const rows = await store.report(to - options.days * DAY, to);
        const spending = await sources.spending();
        if (options.json) {
          for (const row of rows) sayJson(row);
          for (const one of spending) sayJson({ spending: one });
          return;
        }
        if (rows.length === 0) say(`Nothing was heard in the last ${options.days} days.`);
        else say(table(['PROBLEM TYPE', ...COLUMNS.map(([, title]) => title)], byType(rows)));
        if (spending.length > 0) {
          say();
          say(table(['SOURCE', 'SPENT', 'BUDGET', spending[0]?.month ?? ''], spending.map(costOf)));
        }
      }),
    );
}

const COLUMNS = [
  ['heard', 'HEARD'],
  ['posted', 'POSTED'],
  ['dismissed', 'DISMISSED'],
  ['solved', 'SOLVED'],
  ['unsolved', 'NOT SOLVED'],
] as const;

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

function byType(rows: readonly ReportRow[]): string[][] {
  return [...Map.groupBy(rows, ({ problemType }) => problemType)]
    .map(([type, some]) => ({
      type,
      sums: COLUMNS.map(([column]) => some.reduce((sum, row) => sum + row[column], 0)),
    }))
    .sort((a, b) => (b.sums[0] ?? 0) - (a.sums[0] ?? 0))
    .map(({ type, sums }) => [type, ...sums.map(String)]);
}
