import type { Command } from 'commander';
import { Refused } from '../core/failures.ts';
import type { Actor } from '../core/rights.ts';
import type { Parts } from '../parts/index.ts';
import { type StandingAnswer, standingAnswers } from '../parts/standing-answers.ts';
import { amber, bold, dim, green, plain, say, sayJson, table } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addFaq(program: Command): void {
  const faq = program
    .command('faq')
    .description('the answers that /faq gives on Discord: list them, read them, approve them')
    .option('--json', 'the answers as JSON, one a line')
    .action((options: { json?: boolean }) => withParts((parts) => list(parts, options.json ?? false)));
  faq
    .command('show')
    .argument('<id>', 'the answer')
    .description('what members would read, in each language')
    .action((id: string) => withParts(async (parts) => show(await known(parts, id))));
  faq
    .command('approve')
    .argument('<id...>', 'the answers')
    .description('let members read these, as they are written now')
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .action((ids: string[], options: { as?: string }) =>
      withParts((parts) => decide(parts, ids, personFrom(options), true)),
    );
  faq
    .command('withdraw')
    .argument('<id...>', 'the answers')
    .description('let members read these no more')
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .action((ids: string[], options: { as?: string }) =>
      withParts((parts) => decide(parts, ids, personFrom(options), false)),
    );
}

async function list({ workspace }: Parts, json: boolean): Promise<void> {
  const answers = await standingAnswers(workspace.current());
  if (json) {
    for (const { id, version, state, approval } of answers) sayJson({ id, version, state, ...approval });
    return;
  }
  say(table(['ANSWER', 'STATE', 'TITLE'], answers.map(rowOf)));
  if (answers.every(({ state }) => state !== 'approved')) {
    say(dim('\nMembers get no answer yet. Read one with "earshot faq show ID", then "earshot faq approve ID".'));
  }
}

function rowOf({ id, state, approval, articles }: StandingAnswer): string[] {
  const who = approval ? `by ${plain(approval.by)}, ${approval.at.slice(0, 10)}` : '';
  const said = {
    approved: green(`approved ${who}`),
    changed: amber(`changed since it was approved ${who}`),
    waiting: 'waits for approval',
  };
  return [id, said[state], plain(articles[0]?.title ?? '')];
}

function show({ articles }: StandingAnswer): void {
  for (const { lang, title, text } of articles) say(`${dim(lang)}  ${bold(plain(title))}\n${plain(text)}\n`);
}

async function decide(parts: Parts, ids: readonly string[], name: string, approve: boolean): Promise<void> {
  const by: Actor = { name, role: 'admin' };
  const all = await Promise.all([...new Set(ids)].map((id) => known(parts, id)));
  const proposed = await parts.answers.list();
  for (const { id, version } of all) {
    if (approve && proposed.some((one) => one.id === id && one.proposal)) {
      const where = 'Read it in the inbox, under Settings, Standing answers, and decide there.';
      throw new Refused('proposed', `Somebody proposed another text of "${id}". ${where}`);
    }
    if (approve) await parts.answers.approve({ id, version }, by);
    else await parts.answers.withdraw({ id }, by);
    say(`${green('✓')} ${approve ? `Members may read "${id}", approved by ${plain(name)}.` : `"${id}" is withdrawn.`}`);
  }
}

/** @throws Refused `unknown-answer` */
async function known({ workspace }: Parts, id: string): Promise<StandingAnswer> {
  const answers = await standingAnswers(workspace.current());
  const found = answers.find((one) => one.id === id);
  if (found) return found;
  const ids = answers.map((one) => one.id).join(', ');
  throw new Refused('unknown-answer', `There is no answer "${plain(id)}". There are: ${ids}.`);
}
