import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Conflict, Refused } from '../core/failures.ts';
import { keywordsWithoutType } from '../parts/unknown-types.ts';
import { settingsOf, type Workspace } from '../workspace/index.ts';
import { amber, dim, green, oneLine, plain, say, sayJson, table } from './output.ts';
import { readFileAsWorkspace } from './read-workspace.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addWorkspace(program: Command): void {
  const workspace = program
    .command('workspace')
    .description('the settings as a file to read, edit and compare, wherever they are kept');
  workspace
    .command('export')
    .argument('[file]', 'where to write them (default: standard output)')
    .description('write the settings out as JSON')
    .action(exportTo);
  workspace
    .command('import')
    .argument('<file>', 'a file that `workspace export` wrote, as you edited it')
    .description('check a file and make it the settings, for all machines')
    .option('--force', 'also when somebody changed the settings since the file was exported')
    .option('--as <name>', 'the name the change is recorded under')
    .action(importFrom);
  workspace
    .command('versions')
    .description('list the kept versions: who changed what, and when')
    .option('--json', 'one JSON object a version')
    .action(listVersions);
  workspace
    .command('restore')
    .argument('<revision>', 'a number that `workspace versions` shows')
    .description('save an older version as the newest')
    .option('--as <name>', 'the name the change is recorded under')
    .action((revision: string, options: { as?: string }) =>
      withParts(async (parts) => {
        const restored = await parts.workspace.restore(personFrom(options), Number(revision));
        say(`${green('✓')} Version ${Number(revision)} is in force again, as version ${restored.revision}.`);
      }),
    );
}

function exportTo(file?: string): Promise<void> {
  return withParts(async (parts) => {
    const current = parts.workspace.current();
    const text = `${JSON.stringify(current, null, 2)}\n`;
    if (file === undefined) return void process.stdout.write(text);
    await writeFile(resolve(file), text, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      throw new Refused('file-exists', `${resolve(file)} is there already. Name a file that is not, or move it away.`);
    });
    say(
      `${green('✓')} ${resolve(file)} (version ${current.revision}). Edit it, then: earshot workspace import ${file}`,
    );
  });
}

function importFrom(file: string, options: { force?: boolean; as?: string }): Promise<void> {
  return withParts(async (parts) => {
    const { text, document } = await readFileAsWorkspace(file);
    const before = parts.workspace.current().revision;
    const replace = (draft: Workspace) => {
      for (const name of Object.keys(settingsOf(draft))) delete (draft as Record<string, unknown>)[name];
      Object.assign(draft, settingsOf(document));
    };
    const only = options.force ? {} : { ifRevision: document.revision };
    const saved = await parts.workspace
      .update(personFrom(options), `imported ${plain(file)}`, replace, only)
      .catch((thrown) => {
        if (!(thrown instanceof Conflict)) throw thrown;
        throw new Conflict(
          `${file} was exported as version ${document.revision}, and the settings are at version ${before} now. Export ` +
            'them again and make your change there, or add --force to let the file win.',
        );
      });
    for (const message of keywordsWithoutType(saved, parts.taxonomy, { text, file }))
      say(`${amber('!')} ${plain(message)}`);
    if (saved.revision === before) return say('The file says what the settings say already. Nothing was changed.');
    say(`${green('✓')} The settings are at version ${saved.revision} now.`);
  });
}

function listVersions(options: { json?: boolean }): Promise<void> {
  return withParts(async (parts) => {
    const versions = await parts.workspace.versions();
    if (options.json) return versions.forEach(sayJson);
    const rows = versions.map(({ revision, at, by, what, difference }) => [
      String(revision),
      at.slice(0, 16).replace('T', ' '),
      oneLine(by, 20),
      oneLine(what, 50),
      oneLine(difference.map(({ path }) => path).join(', '), 60),
    ]);
    say(table(['version', 'at (UTC)', 'by', 'what', 'changed'], rows));
    say(dim('To go back to one: earshot workspace restore VERSION'));
  });
}
