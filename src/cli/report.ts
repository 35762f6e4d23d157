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
        if (options.json) return rows.forEach(sayJson);
        if (rows.length === 0) return say(`Nothing was heard in the last ${options.days} days.`);
        say(table(['PROBLEM TYPE', 'HEARD', 'POSTED', 'DISMISSED'], byType(rows)));
      }),
    );
}

function byType(rows: readonly ReportRow[]): string[][] {
  const groups = Object.entries(Object.groupBy(rows, ({ problemType }) => problemType));
  return groups
    .map(([type, of = []]) => [type, ...(['heard', 'posted', 'dismissed'] as const).map((what) => of.reduce((sum, row) => sum + row[what], 0))] as const)
    .sort((a, b) => b[1] - a[1])
    .map((cells) => cells.map(String));
}
