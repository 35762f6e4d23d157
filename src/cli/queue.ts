import { type Command, InvalidArgumentError } from 'commander';
import { coverSeen } from '../core/cover.ts';
import { Refused } from '../core/failures.ts';
import { WAITING } from '../core/moves.ts';
import { PRIORITIES, type Priority } from '../core/nouns.ts';
import type { QueueRow } from '../core/ports.ts';
import { amber, dim, oneLine, red, say, sayJson, table } from './output.ts';
import { withParts } from './with-parts.ts';

export function addQueue(program: Command): void {
  program
    .command('queue')
    .description('what waits for a person, most urgent first')
    .option('--search <words>', 'only mentions with these words, also inside Chinese sentences')
    .option('--type <type>', 'only this problem type')
    .option('--source <id>', 'only from this source')
    .option('--all', 'whatever its state, last heard first')
    .option('--limit <n>', 'how many rows', wholeNumber, 20)
    .option('--json', 'one JSON object a line')
    .action(
      (options: { search?: string; type?: string; source?: string; all?: boolean; limit: number; json?: boolean }) =>
        withParts(async ({ store, problemTypes, findPersonal }) => {
          const types = problemTypes.map(({ id }) => id);
          if (options.type && !types.includes(options.type))
            throw new Refused(
              'unknown-type',
              `There is no problem type "${options.type}". There are: ${types.join(', ')}.`,
            );
          const page = await store.queue({
            ...(options.all ? { order: 'newest' as const } : { states: WAITING }),
            ...(options.search && { search: options.search }),
            ...(options.type && { problemTypes: [options.type] }),
            ...(options.source && { sources: [options.source] }),
            limit: options.limit,
          });
          const rows = page.rows.map((row) => coverSeen(row, findPersonal));
          if (options.json) {
            for (const row of rows) sayJson(row);
            return;
          }
          if (rows.length === 0) return say('Nothing waits.');
          say(table(['ID', 'PRIORITY', 'PROBLEM TYPE', 'STATE', 'WHERE', 'TEXT'], rows.map(cells)));
          if (page.next) say(dim(`… and more: --limit ${options.limit * 2}`));
        }),
    );
}

function cells({ mention, assessment }: QueueRow): string[] {
  return [
    mention.id.slice(0, 8),
    mention.confirmedScammer ? red('SCAMMER') : coloured(assessment?.priority),
    `${assessment?.problemType ?? '–'}${assessment?.unsure ? dim(' (unsure)') : ''}`,
    mention.firstApproval ? amber('1 of 2 approvals') : mention.state,
    oneLine(`${mention.platform} ${mention.place ?? ''}${mention.sample ? ' (sample)' : ''}`, 26),
    oneLine(mention.text, Math.max(20, (process.stdout.columns ?? 140) - 88)),
  ];
}

function coloured(priority: Priority | undefined): string {
  if (priority === PRIORITIES[0]) return red(priority);
  return priority === PRIORITIES[1] ? amber(priority) : (priority ?? '–');
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}
