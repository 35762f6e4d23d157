import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openSource } from '#kit';
import { archive } from '../../connectors/archive/index.ts';
import { Refused } from '../core/failures.ts';
import { stopSignal } from '../parts/stop-signal.ts';
import type { CollectResult, PageReport } from '../stages/collect/index.ts';
import { classifyAndDraft } from './classify-and-draft.ts';
import { amber, dim, EXIT, green, oneLine, plain, progressBar, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

/** So many of the records that were skipped are named; a broken file may have a million. */
const SKIPS_SHOWN = 5;

const FORMATS = ['jsonl', 'json', 'csv', 'discord', 'reddit', 'mbox'];

type SkippedItem = PageReport['skippedItems'][number];

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
    .addOption(new Option('--format <format>', 'what the file is (default: found from the content)').choices(FORMATS))
    .addOption(new Option('--preset <preset>', 'a known CSV layout').choices(['twitter-support']))
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
  const signal = stopSignal();
  const skips: SkippedItem[] = [];
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
        signal,
        asked: true,
        onPage: ({ progress, skippedItems }) => {
          if (progress) bar.at(progress.done, progress.total);
          skips.push(...skippedItems.slice(0, SKIPS_SHOWN - skips.length));
        },
      })
      .finally(async () => {
        bar.stop();
        await source.close();
      });
    const { classified } = await classifyAndDraft(parts, signal);
    finish({ ...result, classified, skips }, signal.aborted, json ?? false);
  });
}

type Imported = CollectResult & { classified: number; skips: SkippedItem[] };

function finish(result: Imported, stopped: boolean, json: boolean) {
  const broken = result.state !== 'ok' && !stopped;
  if (broken) process.exitCode = result.added > 0 ? EXIT.partly : EXIT.failed;
  else if (stopped || result.skipped > 0) process.exitCode = EXIT.partly;
  if (json) return sayJson(result);
  const { added, changed, known, skipped, classified, skips } = result;
  const changes = changed > 0 ? `, ${changed} changed` : '';
  say(
    `${broken ? amber('!') : green('✓')} ${added} new mentions${changes}, ${known} known before, ${skipped} skipped; ${classified} sorted.`,
  );
  for (const { nativeId, reason } of skips)
    say(dim(`  skipped: ${oneLine(reason, 160)}${nativeId ? ` (${oneLine(nativeId, 60)})` : ''}`));
  if (skipped > skips.length) say(dim(`  … and ${skipped - skips.length} more`));
  if (result.message) say(`  ${plain(result.message)}`);
  if (stopped) say('  Stopped. Run the same command again to go on from here.');
}

/** The same file gives the same source, so that a second run goes on where the first stopped. Chinese names too. */
function idOf(path: string): string {
  return (
    basename(path)
      .toLowerCase()
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'file'
  );
}

function keyValue(text: string, all: Record<string, string>): Record<string, string> {
  const [what, ...name] = text.split('=');
  if (!what || name.length === 0) throw new InvalidArgumentError('It is WHAT=NAME, such as text=Message.');
  return { ...all, [what]: name.join('=') };
}
