import type { Command } from 'commander';
import type { Suspect, SuspectFile, SuspectState } from '../core/suspects.ts';
import { amber, bold, dim, green, oneLine, plain, red, say, sayJson, table } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

/** Scam watch from the command line: who is suspected and why, what a person says of it, the report for the platform. */
export function addScam(program: Command): void {
  const scam = program.command('scam').description('impersonators and recovery scammers');
  scam
    .command('list')
    .description('accounts that look like scammers, last heard first')
    .option('--all', 'cleared ones too')
    .option('--json', 'one JSON object a line')
    .action((options: { all?: boolean; json?: boolean }) =>
      withParts(async ({ scams }) => {
        const states: SuspectState[] = ['suspected', 'confirmed', ...(options.all ? (['cleared'] as const) : [])];
        const all = await scams.list(states);
        if (options.json) {
          for (const one of all) sayJson(one);
          return;
        }
        if (all.length === 0) return say('Nobody is suspected.');
        const rows = all.map(({ id, suspect, lookAlike }) => [
          id.slice(0, 8),
          coloured(suspect.state),
          percent(suspect.scam),
          lookAlike ? percent(lookAlike.score) : '–',
          `${suspect.likely} of ${suspect.posts}`,
          oneLine(`${suspect.latest.mention.platform} ${nameOf(suspect)}`, 60),
        ]);
        say(table(['ID', 'STATE', 'SCAM', 'LOOK-ALIKE', 'POSTS', 'WHO'], rows));
      }),
    );
  scam
    .command('show')
    .argument('<id>', 'the account: its id in the list, or the first characters of it')
    .description('the evidence: what they wrote, and below whose posts')
    .option('--json', 'all of it as JSON')
    .action((id: string, options: { json?: boolean }) =>
      withParts(async ({ scams }) => {
        const file = await scams.file(await scams.byId(id));
        if (options.json) return sayJson(file);
        sayFile(file);
      }),
    );
  addJudging(scam, 'confirm', 'confirmed', 'it is a scammer: all its posts are flagged, those to come as well');
  addJudging(scam, 'clear', 'cleared', 'it is none: it is suspected no more');
  addJudging(scam, 'reopen', 'suspected', 'take back what was said of it');
  scam
    .command('report')
    .argument('<id>', 'the account: its id in the list, or the first characters of it')
    .description('a text to hand to the platform, so that it takes the account down')
    .option('--as <name>', 'the name the report is written under')
    .action((id: string, options: { as?: string }) =>
      withParts(async ({ scams }) => {
        const { text } = await scams.takedown({ ...(await scams.byId(id)), by: personFrom(options) });
        say(plain(text));
      }),
    );
}

function addJudging(scam: Command, name: string, to: SuspectState, what: string): void {
  scam
    .command(name)
    .argument('<id>', 'the account: its id in the list, or the first characters of it')
    .description(what)
    .option('--as <name>', 'the name the decision is recorded under')
    .action((id: string, options: { as?: string }) =>
      withParts(async ({ scams }) => {
        const account = await scams.byId(id);
        const { state: from } = (await scams.file(account)).suspect;
        if (from === to) return say(`It is ${to} already.`);
        const { suspect } = await scams.judge({ ...account, from, to, by: personFrom(options) });
        say(green(`${nameOf(suspect)} is ${to}; it was ${from}. ${suspect.posts} of its posts are held.`));
      }),
    );
}

function sayFile({ suspect, lookAlike, posts }: SuspectFile): void {
  say(`${bold(nameOf(suspect))} · ${plain(suspect.latest.mention.platform)} · ${coloured(suspect.state)}`);
  if (suspect.by) say(dim(`${suspect.state} by ${plain(suspect.by)} ${time(suspect.at ?? 0)}`));
  if (lookAlike) say(amber(`look-alike ${percent(lookAlike.score)}: ${plain(lookAlike.reason)}`));
  for (const { row, under } of posts) {
    const { mention, assessment } = row;
    say();
    say(`${bold(mention.id.slice(0, 8))} ${time(mention.saidAt)} · scam ${percent(assessment?.scam ?? 0)}`);
    if (mention.url) say(dim(plain(mention.url)));
    say(oneLine(mention.text, 400));
    for (const reason of assessment?.scamReasons ?? []) say(dim(`  ${plain(reason)}`));
    if (under) say(dim(`  below ${under.id.slice(0, 8)}: ${oneLine(under.text, 100)}`));
  }
}

function nameOf({ latest: { mention }, authorId }: Suspect): string {
  const { handle, name } = mention.author;
  return plain([handle && `@${handle.replace(/^@/, '')}`, name].filter(Boolean).join(' ') || authorId);
}

function coloured(state: SuspectState): string {
  return state === 'confirmed' ? red(state) : state === 'suspected' ? amber(state) : state;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const time = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 16);
