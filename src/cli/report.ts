import type { Command } from 'commander';
import type { ReportRow } from '../core/ports.ts';
import { say, sayJson, table } from './output.ts';
import { wholeNumber } from './queue.ts';
import { withParts } from './with-parts.ts';

const DAY = 86_400_000;

export function addReport(program: Command): void {
  program
    .command('report')
    .description('what was heard, answered and dismissed, by problem type')
    .option('--days <n>', 'how many days back, in UTC', wholeNumber, 30)
    .option('--json', 'the daily rows as JSON, one a line')
    .action((options: { days: number; json?: boolean }) =>
      withParts(async ({ store, clock }) => {
        const to = clock.now() + 1;
        const rows = await store.report(to - options.days * DAY, to);
        if (options.json) {
          for (const row of rows) sayJson(row);
          return;
        }
        if (rows.length === 0) return say(`Nothing was heard in the last ${options.days} days.`);
        say(table(['PROBLEM TYPE', 'HEARD', 'POSTED', 'DISMISSED'], byType(rows)));
      }),
    );
}

function byType(rows: readonly ReportRow[]): string[][] {
  const sums = new Map<string, { heard: number; posted: number; dismissed: number }>();
  for (const { problemType, heard, posted, dismissed } of rows) {
    const sum = sums.get(problemType) ?? { heard: 0, posted: 0, dismissed: 0 };
    sums.set(problemType, {
      heard: sum.heard + heard,
      posted: sum.posted + posted,
      dismissed: sum.dismissed + dismissed,
    });
  }
  return [...sums]
    .sort(([, a], [, b]) => b.heard - a.heard)
    .map(([type, { heard, posted, dismissed }]) => [type, String(heard), String(posted), String(dismissed)]);
}
