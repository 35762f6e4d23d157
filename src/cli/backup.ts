import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Refused } from '../core/failures.ts';
import { backUp } from '../parts/backup.ts';
import { green, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .argument('[file]', 'where to write it (default: earshot-DATE.db in this folder)')
    .description('write a consistent copy of all records to a file, also while Earshot is running')
    .option('--json', 'the file and its size as JSON')
    .action((file: string | undefined, options: { json?: boolean }) =>
      withParts(async ({ store, clock, settings }) => {
        const target = resolve(file ?? `earshot-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.db`);
        if (existsSync(target))
          throw new Refused('file-exists', `${target} is there already. Name a file that is not, or move it away.`);
        const { bytes, doubted } = await backUp({ store, clock }, target);
        if (options.json) return sayJson({ file: target, bytes });
        say(`${green('✓')} ${target} (${(bytes / 1e6).toFixed(1)} MB).`);
        say(`  The settings are the file ${resolve(settings.dataDir, 'workspace.json')}: copy it too.`);
        say(
          `  Pictures that came with mentions lie in ${settings.attachmentsDir}: copy that folder, too, where it is there.`,
        );
        say(
          `  To go back: stop Earshot, move earshot.db, earshot.db-wal and earshot.db-shm out of ${settings.dataDir},`,
        );
        say('  as far as they are there, and put the copy there as earshot.db.');
        if (doubted > 0) {
          const which =
            doubted === 1
              ? '1 approved reply that was not out yet is'
              : `${doubted} approved replies that were not out yet are`;
          say(`  ${which} unsure in the copy: if you go back, they are looked for, never sent blindly.`);
        }
      }),
    );
}
