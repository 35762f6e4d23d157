import type { Command } from 'commander';
import { knownConnector } from './erase.ts';
import { mentionsOf } from './of-author.ts';
import { sayJson } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

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
        let mentions = 0;
        for await (const { mention } of mentionsOf(store, options.connector, options.author)) {
          const found = await store.find(mention.id);
          if (!found) continue;
          const { conversation: _others, said: _said, ...own } = found;
          sayJson({ ...own, notes: await store.notes(mention.id) });
          mentions += 1;
        }
        await store.appendAudit({
          at: clock.now(),
          actor: personFrom(options),
          action: 'personal-data-exported',
          subject: options.connector,
          detail: { mentions },
        });
      }),
    );
}
