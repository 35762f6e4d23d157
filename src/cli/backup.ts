import { resolve } from 'node:path';
import type { Command } from 'commander';
import { green, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .argument('[file]', 'where to write it (default: earshot-DATE.db in this folder)')
    .description('write a consistent copy of all records to a file, also while Earshot is running')
    .option('--json', 'the file and its size as JSON')
    .action((file: string | undefined, options: { json?: boolean }) =>
      withParts(async ({ store, settings }) => {
        const target = resolve(file ?? `earshot-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.db`);
        const bytes = await store.backup(target);
        if (options.json) return sayJson({ file: target, bytes });
        say(
          `${green('✓')} ${target} (${(bytes / 1e6).toFixed(1)} MB). To go back to it, stop Earshot and put it in place of earshot.db.`,
        );
        say(`  The settings are the file ${resolve(settings.dataDir, 'workspace.json')}: copy it too.`);
      }),
    );
}
