import type { Command } from 'commander';
import type { Mention } from '../core/nouns.ts';
import type { Store } from '../core/ports.ts';
import { knownConnector } from './erase.ts';
import { mentionsOf } from './of-author.ts';
import { sayJson } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

/** What somebody said of the account, if anybody did: that it is a scammer's, or that it is none. */
async function judgementOf(store: Store, { connector, author }: Mention) {
  const found = await store.suspect({ connector, authorId: author.id });
  return found?.by === undefined ? undefined : { state: found.state, by: found.by, at: found.at };
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('all that is held about one author, one mention with its history a line, as JSON')
    .requiredOption('--connector <id>', 'where it was said, such as reddit')
    .requiredOption('--author <who>', "the author's id or handle there")
    .option('--as <name>', 'who asks (default: EARSHOT_NAME, or the account that runs the command)')
    .addHelpText(
      'after',
      '\nFor a person who asks what you hold about them. Nothing is covered in it; that it was made is recorded.',
    )
    .action((options: { connector: string; author: string; as?: string }) =>
      withParts(async ({ store, clock }) => {
        knownConnector(options.connector);
        const { connector, author } = options;
        const held: Mention[] = [];
        for await (const { mention } of mentionsOf(store, connector, author)) held.push(mention);
        // Before a word of it is out: whoever breaks off the output has seen what came until then.
        await store.appendAudit({
          at: clock.now(),
          actor: personFrom(options),
          action: 'personal-data-exported',
          subject: connector,
          detail: { mentions: held.length },
        });
        for (const mention of held) {
          const found = await store.find(mention.id);
          if (!found) continue;
          const { conversation: _others, said: _said, ...own } = found;
          const judged = await judgementOf(store, mention);
          sayJson({ ...own, notes: await store.notes(mention.id), ...(judged && { judged }) });
        }
      }),
    );
}
