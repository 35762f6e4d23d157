import type { Command } from 'commander';
import { noticeNow } from '../parts/notice.ts';
import { dim, green, plain, say } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

/** The status notice from the command line. */
export function addNotice(program: Command): void {
  const notice = program
    .command('notice')
    .description('what is known to be wrong: drafts and standing answers mention it');
  notice
    .command('show')
    .description('the notice that holds now')
    .action(() =>
      withParts(async ({ workspace, clock }) => {
        const now = noticeNow(workspace.current(), clock.now());
        if (!now) return void say('There is no notice.');
        say(plain(now.en));
        say(plain(now.zh));
        if (now.until) say(dim(`until ${now.until}`));
      }),
    );
  notice
    .command('set')
    .description('announce it, in both languages')
    .requiredOption('--en <text>', 'what is said in English')
    .requiredOption('--zh <text>', 'the same in Simplified Chinese')
    .option('--until <time>', 'when it ends by itself, such as 2026-11-27T18:00:00Z')
    .option(
      '--type <type...>',
      'problem types whose drafts mention it; without it, all that are neither regulated nor quiet',
    )
    .option('--as <name>', 'the name the change is recorded under')
    .action((options: { en: string; zh: string; until?: string; type?: string[]; as?: string }) =>
      withParts(async ({ workspace }) => {
        const { en, zh, until, type } = options;
        await workspace.update(personFrom(options), 'set the status notice', (draft) => {
          draft.notice = { en, zh, ...(until && { until }), ...(type && { problemTypes: type }) };
        });
        say(green('Announced. Drafts that wait are written anew within seconds, while Earshot runs.'));
      }),
    );
  notice
    .command('end')
    .description('take it back')
    .option('--as <name>', 'the name the change is recorded under')
    .action((options: { as?: string }) =>
      withParts(async ({ workspace }) => {
        await workspace.update(personFrom(options), 'ended the status notice', (draft) => {
          delete draft.notice;
        });
        say(green('The notice has ended.'));
      }),
    );
}
