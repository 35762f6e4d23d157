import type { Command } from 'commander';
import { Refused } from '../core/failures.ts';
import { stopSignal } from '../parts/stop-signal.ts';
import type { CollectResult } from '../stages/collect/index.ts';
import { classifyAndDraft } from './classify-and-draft.ts';
import { amber, dim, EXIT, green, plain, red, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

export function addPull(program: Command): void {
  program
    .command('pull')
    .argument('[source]', 'the id of a source; without it, all that are enabled')
    .description('read the sources once, now, then sort and draft what is new')
    .option('--json', 'one JSON object a source')
    .action((id: string | undefined, options: { json?: boolean }) =>
      withParts(async (parts) => {
        const entries = parts.workspace.current().sources.filter((source) => (id ? source.id === id : source.enabled));
        if (id && entries.length === 0)
          throw new Refused('unknown-source', `There is no source "${id}" in the settings.`);
        if (entries.length === 0) say('There is no source yet. Add one in the inbox, or to the workspace file.');
        const signal = stopSignal();
        let failed = 0;
        for (const { id: source } of entries) {
          const result = await parts.pull(source, { signal, asked: true });
          if (options.json) sayJson(result);
          else sayResult(result);
          if (result.state !== 'ok') failed++;
        }
        if (failed > 0) process.exitCode = failed === entries.length ? EXIT.failed : EXIT.partly;
        const { classified, drafted } = await classifyAndDraft(parts, signal);
        if (!options.json && classified > 0) say(dim(`${classified} sorted, ${drafted} drafted.`));
      }),
    );
}

function sayResult(result: CollectResult): void {
  const mark = result.state === 'ok' ? green('✓') : result.state === 'rate-limited' ? amber('…') : red('✗');
  const counts = `${result.added} new, ${result.known} known, ${result.skipped} skipped`;
  say(`${mark} ${result.source}: ${[result.state === 'ok' ? '' : result.state, counts].filter(Boolean).join(', ')}`);
  if (result.message) say(`  ${plain(result.message)}`);
}
