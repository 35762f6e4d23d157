import type { Command } from 'commander';
import { coverSeen } from '../core/cover.ts';
import { uncertainMentions } from '../parts/uncertain.ts';
import { answersOf } from './label-answers.ts';
import { labelAll } from './label-session.ts';
import { dim, EXIT, green, say, sayJson } from './output.ts';
import { wholeNumber } from './queue.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addLabel(program: Command): void {
  program
    .command('label')
    .description(
      'say what the least certain mentions are about, one key each: it corrects them and teaches the classifier',
    )
    .option('--limit <n>', 'how many at the most', wholeNumber, 20)
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'one JSON object a label, and no question')
    .addHelpText(
      'after',
      `
Keys: the letter of a type · enter: it is sorted right · space: skip · z: undo · q: quit.
On a pipe, one answer a line: a letter or the name of a type, or "ok", "skip", "undo", "quit".`,
    )
    .action((options: { limit: number; as?: string; json?: boolean }) =>
      withParts(async (parts) => {
        const found = await uncertainMentions(parts, options.limit);
        const rows = found.map((row) => coverSeen(row, parts.findPersonal));
        if (rows.length === 0) {
          if (!options.json) say('Nothing to label: no mention waits that the classifier is not certain of.');
          return;
        }
        const types = parts.problemTypes.map(({ id }) => id);
        const answers = answersOf(process.stdin, types);
        try {
          const labels = await labelAll(
            { ...parts, by: personFrom(options), types, answers, quiet: options.json },
            rows,
          );
          if (options.json) for (const label of labels.made) sayJson(label);
          else say(`\n${green('✓')} ${summary(labels.made.length, rows.length)}`);
          if (labels.refused > 0) process.exitCode = EXIT.partly;
          if (labels.made.length > 0 && !options.json) say(dim('Learn from them: earshot train --from-corrections'));
        } finally {
          answers.close();
        }
      }),
    );
}

const summary = (made: number, shown: number) =>
  `${made} of ${shown} ${shown === 1 ? 'mention' : 'mentions'} labelled.`;
