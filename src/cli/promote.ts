import type { Command } from 'commander';
import { promote } from '../parts/learning.ts';
import { green, say, sayJson } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addPromote(program: Command): void {
  program
    .command('promote')
    .description('put the challenger in use, unless a protected problem type gets worse by it')
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'the result as JSON')
    .action((options: { as?: string; json?: boolean }) =>
      withParts(async (parts) => {
        const { version, before, measured } = await promote(parts, personFrom(options));
        const { macroF1, n } = measured.comparison;
        if (options.json) return sayJson({ model: version, before, n, macroF1 });
        say(
          `${green('✓')} Model ${version} is in use. Before it: ${before}. A running server takes it up with its next mention.`,
        );
        say('Back to the one before: earshot rollback');
      }),
    );
}
