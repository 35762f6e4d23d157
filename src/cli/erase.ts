import type { Command } from 'commander';
import { connectors } from '../../connectors/index.ts';
import { Refused } from '../core/failures.ts';
import { mentionId } from '../core/ids.ts';
import type { Store } from '../core/ports.ts';
import { mentionsOf } from './of-author.ts';
import { amber, green, plain, say, sayJson } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

interface Options {
  connector: string;
  author?: string;
  nativeId?: string[];
  yes?: boolean;
  as?: string;
  json?: boolean;
}

export function addErase(program: Command): void {
  program
    .command('erase')
    .description('erase what one author wrote, or single mentions, with everything made of them')
    .requiredOption('--connector <id>', 'where it was said, such as reddit')
    .option('--author <who>', "the author's id or handle there")
    .option('--native-id <id...>', "the platform's own ids of single mentions")
    .option('--yes', 'do it; without, it is only said how many there are')
    .option('--as <name>', 'who erases (default: EARSHOT_NAME, or the account that runs the command)')
    .option('--json', 'the numbers as JSON')
    .addHelpText(
      'after',
      '\nWhat stays is that something was heard, when, and what was decided: no word, no author, no address.\n' +
        'A mention whose reply is on its way is erased as soon as that is settled. Where somebody judged the account a\n' +
        "scammer's, or cleared it, the account's id there stays with that, so that its next post is known.",
    )
    .action((options: Options) =>
      withParts(async ({ store, clock }) => {
        knownConnector(options.connector);
        const ids = await nativeIdsFor(store, options);
        if (!options.yes || ids.length === 0) {
          if (options.json) return sayJson({ found: ids.length, erased: 0 });
          if (ids.length === 0) return say('Nothing of this is held.');
          return say(`${amber('!')} ${ids.length} mentions would be erased. Add --yes to do it; there is no way back.`);
        }
        const erased = await store.erase(options.connector, ids, {
          at: clock.now(),
          actor: personFrom(options),
          action: 'erased',
          subject: options.connector,
          detail: { asked: options.author === undefined ? 'mention' : 'author' },
        });
        if (options.json) return sayJson({ found: ids.length, erased });
        say(`${green('✓')} ${erased} mentions erased from ${plain(options.connector)}.`);
      }),
    );
}

/** @throws Refused `unknown-connector`. */
export function knownConnector(id: string): void {
  if (connectors.some(({ about }) => about.id === id)) return;
  const ids = connectors.map(({ about }) => about.id).join(', ');
  throw new Refused('unknown-connector', `There is no connector "${plain(id)}". There are: ${ids}.`);
}

async function nativeIdsFor(store: Store, { connector, author, nativeId = [] }: Options): Promise<string[]> {
  if ((author === undefined) === (nativeId.length === 0)) {
    throw new Refused('one-of-both', 'Say either whose mentions (--author) or which ones (--native-id).');
  }
  const ids: string[] = [];
  if (author === undefined) {
    for (const id of nativeId) {
      const found = await store.find(mentionId(connector, id));
      if (found && found.mention.state !== 'erased') ids.push(id);
    }
    return ids;
  }
  for await (const { mention } of mentionsOf(store, connector, author)) ids.push(mention.nativeId);
  return ids;
}
