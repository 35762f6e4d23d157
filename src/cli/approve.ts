import type { Command } from 'commander';
import { amber, bold, green, plain, say, sayJson } from './output.ts';
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
        if (mention.firstApproval) return sayFirst(mention.id, mention.firstApproval.by, options.draft);
        const next =
          mention.state === 'by-hand'
            ? `Post it by hand${mention.url ? ` at ${plain(mention.url)}` : ''}, then confirm it in the inbox:`
            : leavesAt(approval?.notBefore ?? 0);
        say(`${green('✓')} Approved as ${bold(plain(approval?.reply.approver ?? ''))}. ${next}`);
        say(`\n${plain(approval?.reply.text ?? '')}`);
      }),
    );
}

/** A regulated lane: what is missing, and how it is given. */
function sayFirst(id: string, by: string, draft: number | undefined): void {
  const again = `earshot approve ${id}${draft === undefined ? '' : ` --draft ${draft}`} --as NAME`;
  say(`${amber('◐')} One approval of two, by ${bold(plain(by))}. Nothing goes out yet.`);
  say(`A reply of this type needs two people. Somebody else approves it in the inbox, or with: ${again}`);
}

const SOON_MS = 60_000;

function leavesAt(notBefore: number): string {
  return notBefore > Date.now() + SOON_MS
    ? `It goes out at ${new Date(notBefore).toISOString().slice(0, 16).replace('T', ' ')} UTC, after the quiet hours. Until then it can be taken back:`
    : 'It goes out with the next round of posting (within seconds while "earshot start" is running):';
}
