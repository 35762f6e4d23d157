import type { Command } from 'commander';
import { cover, coverCase } from '../core/cover.ts';
import { Refused } from '../core/failures.ts';
import { ALSO_ABOUT, type Assessment, type Draft, type Mention } from '../core/nouns.ts';
import type { Case, Store } from '../core/ports.ts';
import { amber, bold, dim, green, plain, red, say, sayJson } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addShow(program: Command): void {
  program
    .command('show')
    .argument('<id>', 'the mention: its id, or the first characters of it')
    .description('everything about one mention: text, why it was sorted so, draft, history')
    .option('--personal', 'personal data as it was written, not covered; that you saw it is recorded')
    .option('--as <name>', 'who looks (default: EARSHOT_NAME, or the account that runs the command)')
    .option('--json', 'the whole case as JSON')
    .action((id: string, options: { personal?: boolean; as?: string; json?: boolean }) =>
      withParts(async ({ store, clock, findPersonal }) => {
        const whole = await caseOf(store, id);
        const found = options.personal ? whole : coverCase(whole, findPersonal);
        if (options.personal) {
          const detail = { kind: 'all' };
          const subject = whole.mention.id;
          const actor = personFrom(options);
          await store.appendAudit({ at: clock.now(), actor, action: 'personal-data-seen', subject, detail });
        }
        const notes = (await store.notes(whole.mention.id)).map((note) =>
          options.personal ? note : { ...note, text: cover(note.text, findPersonal(note.text)) },
        );
        if (options.json) return sayJson({ ...found, notes });
        sayMention(found.mention);
        if (found.assessment) sayAssessment(found.assessment);
        const draft = found.drafts.at(-1);
        if (draft) sayDraft(draft);
        for (const note of notes)
          say(amber(`\nNote by ${plain(note.by)} ${time(note.at)}, for colleagues: `) + plain(note.text));
        const first = found.mention.firstApproval;
        if (first)
          say(
            amber(`\nOne approval of two, by ${plain(first.by)} ${time(first.at)}. Another person gives the second.`),
          );
        if (found.approval?.reason) say(red(`\n${found.approval.state}: ${plain(found.approval.reason)}`));
        if (found.receipt)
          say(
            green(
              `\nPosted ${time(found.receipt.postedAt)} ${plain(found.receipt.url ?? '')} (${found.receipt.proof})`,
            ),
          );
        if (found.receipt?.removedAt !== undefined)
          say(red(`Our reply is not there any more (seen ${time(found.receipt.removedAt)}).`));
        say(
          dim(
            `\n${found.history.map((event) => `${time(event.at)}  ${plain(event.actor)}  ${event.action}`).join('\n')}`,
          ),
        );
      }),
    );
}

/** @throws Refused `unknown-mention` with what to try instead. */
export async function caseOf(store: Store, id: string): Promise<Case> {
  const found = await store.find(id);
  if (found) return found;
  throw new Refused('unknown-mention', `There is no mention "${plain(id)}". "earshot queue --all" lists them.`);
}

function sayMention(mention: Mention): void {
  const who = [mention.author.name, mention.author.handle && `@${mention.author.handle}`].filter(Boolean).join(' ');
  say(
    bold(
      `${plain(mention.platform)}${mention.place ? ` · ${plain(mention.place)}` : ''}${mention.sample ? ' · SAMPLE' : ''}`,
    ),
  );
  say(dim(`${plain(who || mention.author.id)} · ${time(mention.saidAt)} · ${mention.state} · ${mention.id}`));
  if (mention.url) say(dim(plain(mention.url)));
  say(`\n${plain(mention.text)}\n`);
  if (mention.cameBackAt !== undefined)
    say(amber(`The author wrote again after our answer, ${time(mention.cameBackAt)}.`));
  if (mention.confirmedScammer) say(red('The author is a confirmed scammer.'));
  if (mention.trouble) say(red(plain(mention.trouble)));
}

function sayAssessment(assessment: Assessment): void {
  const unsure = assessment.unsure ? ', unsure' : '';
  say(
    `${bold(assessment.problemType)} ${dim(`(${percent(assessment.confidence)}${unsure})`)} · ${assessment.priority} · ${assessment.lang}`,
  );
  for (const { type, confidence } of assessment.others.filter((other) => other.confidence >= ALSO_ABOUT))
    say(`  also about: ${type} (${percent(confidence)})`);
  const runnerUp = assessment.others.find(({ confidence }) => confidence < ALSO_ABOUT);
  if (runnerUp) say(dim(`  could be: ${runnerUp.type} (${percent(runnerUp.confidence)})`));
  for (const { text, speaksFor, voice } of assessment.evidence.slice(0, 6))
    say(dim(`  “${plain(text)}” speaks for ${speaksFor} (${voice})`));
  for (const reason of [...assessment.priorityReasons, ...assessment.scamReasons]) say(dim(`  ${plain(reason)}`));
}

function sayDraft(draft: Draft): void {
  say(
    bold(`\nDraft ${draft.revision}`) +
      dim(` · ${draft.lang} · ${plain(draft.template?.id ?? draft.by)} · ${draft.length.used} of ${draft.length.max}`),
  );
  const articles = draft.template?.articles ?? [];
  if (articles.length > 0) say(dim(`rests on: ${articles.map(plain).join(', ')}`));
  say(plain(draft.text));
  sayChecks(draft);
}

export function sayChecks(draft: Draft): void {
  for (const check of draft.checks.filter(({ ok }) => !ok)) say(red(`✗ ${check.name}: ${plain(check.why)}`));
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const time = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 16);
