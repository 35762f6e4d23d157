import type { Command } from 'commander';
import { Refused } from '../core/failures.ts';
import { green, plain, say, sayJson } from './output.ts';
import { caseOf } from './show.ts';
import { standardInput } from './standard-input.ts';
import { personFrom, withParts } from './with-parts.ts';

interface Options {
  text?: string;
  replace?: string;
  remove?: string;
  as?: string;
  json?: boolean;
}

export function addNote(program: Command): void {
  program
    .command('note')
    .argument('<id>', 'the mention: its id, or the first characters of it')
    .description('write a note for colleagues on a mention; it is shown beside it and never posted')
    .option('--text <text>', 'what it says; without it, the text is read from standard input')
    .option('--replace <note>', 'put the text in place of a note of your own, by the id that it was given')
    .option('--remove <note>', 'take a note of your own away')
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'print the note as JSON')
    .action((id: string, options: Options) =>
      withParts(async ({ store, review }) => {
        if (options.remove !== undefined && (options.replace !== undefined || options.text !== undefined))
          throw new Refused('bad-options', 'A note that is taken away has no text. Leave --text and --replace out.');
        const { mention } = await caseOf(store, id);
        const by = personFrom(options);
        const noteId = options.remove ?? options.replace;
        if (noteId !== undefined && (await store.note(noteId))?.mentionId !== mention.id)
          throw new Refused(
            'unknown-note',
            `There is no note "${plain(noteId)}" on this mention. "earshot show --json" lists them.`,
          );
        if (options.remove !== undefined) {
          await review.removeNote({ noteId: options.remove, by });
          return options.json ? sayJson({ removed: options.remove }) : say(`${green('✓')} The note is taken away.`);
        }
        const text = options.text ?? (await standardInput('the note'));
        const note =
          options.replace === undefined
            ? await review.note({ mentionId: mention.id, by, text })
            : await review.editNote({ noteId: options.replace, by, text });
        if (options.json) return sayJson(note);
        say(`${green('✓')} Noted for colleagues, never posted. Its id: ${note.id}`);
      }),
    );
}
