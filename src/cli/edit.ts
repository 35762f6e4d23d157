import type { Command } from 'commander';
import { Refused } from '../core/failures.ts';
import { green, say, sayJson } from './output.ts';
import { caseOf, sayChecks } from './show.ts';
import { standardInput } from './standard-input.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addEdit(program: Command): void {
  program
    .command('edit')
    .argument('<id>', 'the mention: its id, or the first characters of it')
    .description('replace the draft of a mention by a text of your own; it is checked, not yet approved')
    .option('--text <text>', 'the new text; without it, the text is read from standard input')
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'print the new draft as JSON')
    .action((id: string, options: { text?: string; as?: string; json?: boolean }) =>
      withParts(async ({ store, review }) => {
        const seen = await caseOf(store, id);
        const text = options.text ?? (await standardInput('the reply'));
        const { drafts } = await review.edit({
          mentionId: seen.mention.id,
          version: seen.mention.version,
          text,
          by: personFrom(options),
        });
        const draft = drafts.at(-1);
        if (!draft) throw new Refused('no-draft', 'The edit was not stored. Try again.');
        if (options.json) return sayJson(draft);
        say(`${green('✓')} Draft ${draft.revision}, ${draft.length.used} of ${draft.length.max} characters.`);
        sayChecks(draft);
      }),
    );
}
