import type { Command } from 'commander';
import { doubtPutBack } from '../stages/post/index.ts';
import { green, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

export function addRestored(program: Command): void {
  program
    .command('restored')
    .description('after going back to a copy that nothing shows to be one (a disk, a machine): posts nothing twice')
    .option('--json', 'how many replies are unsure now, as JSON')
    .addHelpText(
      'after',
      `
Call it before the first start. What is approved and not out in the copy may have gone out after it was made: it becomes
unsure, is looked for at its source and never sent blindly; what cannot be found out is left to a person. A copy by
"earshot backup" has this done already, and a PostgreSQL dump that was put back is noticed by itself.`,
    )
    .action((options: { json?: boolean }) =>
      withParts(async ({ store, clock, log }) => {
        const unsure = await doubtPutBack({ store, clock, log });
        if (options.json) return sayJson({ unsure });
        const which = unsure === 1 ? '1 approved reply is' : `${unsure} approved replies are`;
        say(`${green('✓')} ${which} unsure now: looked for at the source, never sent blindly.`);
        say('  What was erased on request since the copy was made is back: erase it once more.');
      }),
    );
}
