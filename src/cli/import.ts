import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { openSource } from '#kit';
import { archive } from '../../connectors/archive/index.ts';
import { Refused } from '../core/failures.ts';
import type { CollectResult } from '../stages/collect/index.ts';
import { classifyAndDraft } from './classify-and-draft.ts';
import { amber, EXIT, green, progressBar, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

interface Options {
  format?: string;
  preset?: string;
  encoding?: string;
  platform?: string;
  place?: string;
  since?: string;
  column: Record<string, string>;
  json?: boolean;
}

export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<file>', 'JSONL, CSV, a Discord export, a Reddit dump, an mbox; also packed as .gz or .zst')
    .description('read a file of mentions, sort and draft them; run it again to go on where it stopped')
    .option('--format <format>', 'jsonl, json, csv, discord, reddit or mbox (default: found from the content)')
    .option('--preset <preset>', 'a known CSV layout: twitter-support')
    .option(
      '--column <what=name>',
      'which column holds what, such as text=Message; may be given several times',
      keyValue,
      {},
    )
    .option('--encoding <encoding>', 'utf-8, gb18030, big5, utf-16le … (default: found from the content)')
    .option('--platform <platform>', 'where it was first said, if the file does not tell')
    .option('--place <place>', 'the room or product it was said in, if the file does not tell')
    .option('--since <day>', 'leave out what was said before this day (yyyy-mm-dd, UTC)')
    .option('--json', 'the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ earshot import tweets.csv --preset twitter-support
  $ earshot import feedback.csv --column text=Comment --column time=Date --place "iOS app"
  $ earshot import RS_2026-10.zst --format reddit`,
    )
    .action(importFile);
}

async function importFile(file: string, { json, column, ...given }: Options): Promise<void> {
  const path = resolve(file);
  if (!existsSync(path)) throw new Refused('no-such-file', `There is no file ${path}.`);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  await withParts(async (parts) => {
    const bar = progressBar(basename(path));
    const source = openSource(
      archive,
      { id: `import-${idOf(path)}`, options: { file: path, columns: column, ...given } },
      parts.world,
    );
    const result = await parts.collector
      .collect(source, {
        since: 0,
        signal: stop.signal,
        asked: true,
        onPage: ({ progress }) => progress && bar.at(progress.done, progress.total),
      })
      .finally(() => bar.stop());
    await source.close();
    const { classified } = await classifyAndDraft(parts, stop.signal);
    finish(result, classified, stop.signal.aborted, json ?? false);
  });
}

function finish(result: CollectResult, classified: number, stopped: boolean, json: boolean) {
  const broken = result.state !== 'ok' && !stopped;
  if (broken) process.exitCode = result.added > 0 ? EXIT.partly : EXIT.failed;
  else if (stopped || result.skipped > 0) process.exitCode = EXIT.partly;
  if (json) return sayJson({ ...result, classified });
  const { added, changed, known, skipped } = result;
  const changes = changed > 0 ? `, ${changed} changed` : '';
  say(
    `${broken ? amber('!') : green('✓')} ${added} new mentions${changes}, ${known} known before, ${skipped} skipped; ${classified} sorted.`,
  );
  if (result.message) say(`  ${result.message}`);
  if (stopped) say('  Stopped. Run the same command again to go on from here.');
}

/** The same file gives the same source, so that a second run goes on where the first stopped. */
function idOf(path: string): string {
  return (
    basename(path)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'file'
  );
}

function keyValue(text: string, all: Record<string, string>): Record<string, string> {
  const [what, ...name] = text.split('=');
  if (!what || name.length === 0)
    throw new Refused('bad-column', `--column takes WHAT=NAME, such as text=Message, not "${text}".`);
  return { ...all, [what]: name.join('=') };
}
