import type { Command } from 'commander';
import { describeConnector } from '#kit';
import { connectors } from '../../connectors/index.ts';
import { connectorOf } from '../parts/opened-sources.ts';
import { bold, dim, say, sayJson, table } from './output.ts';

export function addDescribe(program: Command): void {
  program
    .command('describe')
    .argument('[connector]', 'its id; without it, all connectors are listed')
    .description('what a connector can do, its options, secrets and limits')
    .option('--json', 'the description as JSON, options as JSON Schema')
    .action((id: string | undefined, options: { json?: boolean }) => {
      if (!id) {
        list(options.json ?? false);
        return;
      }
      const description = describeConnector(connectorOf(id));
      if (options.json) sayJson(description);
      else sayDescription(description);
    });
}

function list(json: boolean) {
  const all = connectors.map(describeConnector);
  if (json) return sayJson(all);
  say(
    table(
      ['ID', 'NAME', 'ANSWERS', 'WHAT IT DOES'],
      all.map(({ id, name, can, summary }) => [id, name, can.reply, summary]),
    ),
  );
  say(dim('\nearshot describe ID shows the options of one.'));
}

function sayDescription({
  name,
  id,
  summary,
  can,
  limits,
  options,
  secrets,
  docs,
  rules,
}: ReturnType<typeof describeConnector>): void {
  say(`${bold(name)} (${id})\n${summary}\n`);
  const abilities = [
    can.pull && 'pulls on a schedule',
    can.listen && 'listens live',
    can.recheck && 'follows edits and deletions',
  ];
  say(`It ${abilities.filter(Boolean).join(', ')}; replies: ${can.reply}.`);
  say(dim(`Documentation: ${docs}\nRules: ${rules}\nLimits as of ${limits.verified.on}: ${limits.verified.at}\n`));
  const fields = Object.entries(
    (options.properties ?? {}) as Record<string, { description?: string; default?: unknown; type?: string }>,
  );
  const required = new Set(options.required ?? []);
  say(
    table(
      ['OPTION', 'TYPE', 'DEFAULT', 'MEANING'],
      fields.map(([field, about]) => [
        field,
        about.type ?? '',
        required.has(field) ? 'required' : (JSON.stringify(about.default) ?? ''),
        about.description ?? '',
      ]),
    ),
  );
  for (const { env, describe, optional } of Object.values(secrets))
    say(`\n${env}${optional ? ' (optional)' : ''}: ${describe}`);
}
