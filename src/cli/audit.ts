import type { Command } from 'commander';
import { verifyAudit } from '../store/audit.ts';
import { EXIT, green, red, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the log of every decision');
  audit
    .command('verify')
    .description('check that no event of the log was changed, removed or put in')
    .option('--json', 'the result as JSON')
    .action((options: { json?: boolean }) =>
      withParts(async ({ store }) => {
        const { events, brokenAt } = await verifyAudit(store);
        if (brokenAt !== undefined) process.exitCode = EXIT.failed;
        if (options.json) return sayJson({ events, ...(brokenAt !== undefined && { brokenAt }) });
        if (brokenAt === undefined) say(`${green('✓')} ${events} events, the chain is whole.`);
        else
          say(
            `${red('✗')} The chain breaks at event ${brokenAt}: from there on the log is not what was written. Compare it with a backup.`,
          );
      }),
    );
}
