import type { Command } from 'commander';
import { bold, green, plain, say, sayJson } from './output.ts';
import { wholeNumber } from './queue.ts';
import { caseOf } from './show.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addApprove(program: Command): void {
  program
    .command('approve')
    .argument('<id>', 'the mention: its id, or the first characters of it')
    .description('let the latest draft of a mention out, under your name')
    .option('--draft <n>', 'only if the latest draft is still this one, as "show" numbers it', wholeNumber)
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'print the mention as JSON')
    .action((id: string, options: { draft?: number; as?: string; json?: boolean }) =>
      withParts(async ({ store, review }) => {
        const seen = await caseOf(store, id);
        const { mention, approval } = await review.approve({
          mentionId: seen.mention.id,
          version: seen.mention.version,
          revision: options.draft ?? seen.drafts.at(-1)?.revision ?? 0,
          by: personFrom(options),
        });
        if (options.json) return sayJson(mention);
        const next =
          mention.state === 'by-hand'
            ? `Post it by hand${mention.url ? ` at ${plain(mention.url)}` : ''}, then confirm it in the inbox:`
            : 'It goes out with the next round of posting (within seconds while "earshot start" is running):';
        say(`${green('✓')} Approved as ${bold(plain(approval?.reply.approver ?? ''))}. ${next}`);
        say(`\n${plain(approval?.reply.text ?? '')}`);
      }),
    );
}
