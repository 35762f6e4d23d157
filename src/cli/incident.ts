import type { Command } from 'commander';
import { Option } from 'commander';
import type { CloseReason, Incident } from '../core/incidents.ts';
import type { PlanRow } from '../incidents/index.ts';
import { amber, bold, dim, green, oneLine, plain, say, sayJson, table } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

const REASONS: CloseReason[] = ['solved', 'false-alarm', 'quiet', 'other'];

/** Incidents from the command line: what there are, who would get what, and closing one. */
export function addIncident(program: Command): void {
  const incident = program.command('incident').description('many mentions of one problem in a short time');
  incident
    .command('list')
    .description('the newest incidents, open ones first')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: boolean }) =>
      withParts(async ({ store }) => list(await store.incidents({ limit: 50 }), options)),
    );
  incident
    .command('show')
    .argument('<id>', 'the incident: its id, or the first characters of it')
    .description('what happened, and who would get what text where and how')
    .option('--solved', 'the news that it is over, instead of the reply while it goes on')
    .option('--json', 'incident and list as JSON')
    .action((id: string, options: { solved?: boolean; json?: boolean }) =>
      withParts(async ({ incidents: { desk } }) => {
        const found = await desk.find(id);
        const plan = await desk.plan(found.incident.id, options.solved ? 'solved' : 'answer');
        if (options.json) return sayJson({ incident: found.incident, plan });
        sayIncident(found.incident, found.members.length);
        for (const row of plan) sayRow(row);
      }),
    );
  incident
    .command('close')
    .argument('<id>', 'the incident: its id, or the first characters of it')
    .description('close it: nothing more is sent for it, and what waited is taken back')
    .addOption(new Option('--reason <reason>', 'why').choices(REASONS).makeOptionMandatory())
    .option('--as <name>', 'the name the decision is recorded under')
    .action((id: string, options: { reason: CloseReason; as?: string }) =>
      withParts(async ({ incidents: { desk } }) => {
        const { incident: found } = await desk.find(id);
        await desk.close({ id: found.id, reason: options.reason, by: personFrom(options) });
        say(green(`${found.id} is closed. Nothing more is sent for it.`));
      }),
    );
  incident
    .command('reopen')
    .argument('<id>', 'the incident: its id, or the first characters of it')
    .description('open it again within a day; what was taken back waits to be approved again')
    .option('--as <name>', 'the name the decision is recorded under')
    .action((id: string, options: { as?: string }) =>
      withParts(async ({ incidents: { desk } }) => {
        const { incident: found } = await desk.find(id);
        await desk.reopen({ id: found.id, by: personFrom(options) });
        say(green(`${found.id} is open again.`));
      }),
    );
}

function list(all: { incident: Incident; mentionIds: string[] }[], { json }: { json?: boolean }): void {
  const sorted = [...all].sort((a, b) => Number(b.incident.state === 'open') - Number(a.incident.state === 'open'));
  if (json) {
    for (const one of sorted) sayJson(one);
    return;
  }
  if (sorted.length === 0) {
    say('There is no incident.');
    return;
  }
  const rows = sorted.map(({ incident, mentionIds }) => [
    incident.id,
    incident.state === 'open' ? amber('open') : `closed (${incident.closeReason ?? 'other'})`,
    `${incident.problemType}${incident.sample ? dim(' (sample)') : ''}`,
    String(mentionIds.length),
    time(incident.alarm?.at ?? incident.openedAt),
  ]);
  say(table(['ID', 'STATE', 'PROBLEM TYPE', 'MENTIONS', 'SINCE'], rows));
}

function sayIncident({ id, state, problemType, alarm, openedBy, openedAt }: Incident, mentions: number): void {
  say(bold(`${problemType} · ${state} · ${mentions} mentions`));
  say(dim(`${id} · opened ${time(openedAt)} by ${plain(openedBy)}`));
  if (!alarm) return;
  const { count, minutes, usualPerHour, littleHistory } = alarm;
  say(`${count} people in ${minutes} minutes, where ${usualPerHour} an hour are usual.`);
  if (littleHistory) say(dim('There is little history yet, so the usual level is partly a guess.'));
}

function sayRow({ mentionId, platform, place, author, how, why, text, checks }: PlanRow): void {
  say();
  say(
    `${bold(mentionId.slice(0, 8))} ${plain([platform, place].filter(Boolean).join(' · '))} · ${plain(author)} · ${how}`,
  );
  if (text) say(oneLine(text, 4_000));
  if (why) say(dim(plain(why)));
  for (const { name, ok, why: fault } of checks) if (!ok) say(amber(`${name}: ${plain(fault)}`));
}

const time = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 16);
