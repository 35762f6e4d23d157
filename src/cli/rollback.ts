import type { Command } from 'commander';
import { rollBack } from '../parts/learning.ts';
import { green, say, sayJson } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addRollback(program: Command): void {
  program
    .command('rollback')
    .description('put the model before the present one in use again')
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'the result as JSON')
    .action((options: { as?: string; json?: boolean }) =>
      withParts(async (parts) => {
        const { gone, now } = await rollBack(parts, personFrom(options));
        if (options.json) return sayJson({ model: now, before: gone });
        say(`${green('✓')} ${now === 'shipped' ? 'The shipped model' : `Model ${now}`} is in use again, not ${gone}.`);
      }),
    );
}
