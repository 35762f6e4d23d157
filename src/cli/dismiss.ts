import { type Command, Option } from 'commander';
import { DISMISS_REASONS } from '../stages/review/index.ts';
import { green, say, sayJson } from './output.ts';
import { caseOf } from './show.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addDismiss(program: Command): void {
  program
    .command('dismiss')
    .argument('<id>', 'the mention: its id, or the first characters of it')
    .description('decide that a mention needs no reply')
    .addOption(new Option('--reason <reason>', 'why').choices(DISMISS_REASONS).makeOptionMandatory())
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'print the mention as JSON')
    .action((id: string, options: { reason: (typeof DISMISS_REASONS)[number]; as?: string; json?: boolean }) =>
      withParts(async ({ store, review }) => {
        const seen = await caseOf(store, id);
        const { mention } = await review.dismiss({
          mentionId: seen.mention.id,
          version: seen.mention.version,
          reason: options.reason,
          by: personFrom(options),
        });
        if (options.json) sayJson(mention);
        else say(`${green('✓')} Dismissed: ${options.reason}.`);
      }),
    );
}
