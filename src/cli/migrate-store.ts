import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Refused } from '../core/failures.ts';
import { filesIntoStore, IN_FILES, storeIntoFiles } from '../parts/move-beside.ts';
import { openSettings } from '../parts/sorting.ts';
import { stopSignal } from '../parts/stop-signal.ts';
import { PROCESS } from '../parts/together.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { Engine } from '../store/engine.ts';
import { type Moved, moveStore } from '../store/move/index.ts';
import { storeOver } from '../store/store.ts';
import { dim, green, plain, progressBar, say, sayJson } from './output.ts';

export function addMigrateStore(program: Command): void {
  program
    .command('migrate-store')
    .requiredOption('--to <store>', 'postgres://user:password@host:5432/name, or sqlite:FILE')
    .description('move all records, settings and sign-ins into another, empty store, and check that all is there')
    .option('--json', 'what was moved as JSON: rows and hash of each table')
    .addHelpText(
      'after',
      `
Stop Earshot first. The old store stays as it is. Cut off, the same command goes on where it was.

Examples:
  $ earshot migrate-store --to postgres://earshot:secret@db.example:5432/earshot
  $ EARSHOT_DATABASE_URL=postgres://… earshot migrate-store --to sqlite:data/live/earshot.db`,
    )
    .action(migrateStore);
}

/** A store at one end of a move. */
interface End {
  engine: Engine;
  /** Where one machine alone keeps settings and sign-ins in files; undefined where the store has them. */
  folder?: string;
}

async function migrateStore({ to: address, json }: { to: string; json?: boolean }): Promise<void> {
  const settings = readSettings();
  const signal = stopSignal();
  const unlock = await standStill(settings);
  const opened: Engine[] = [];
  try {
    const from = await openEnd(settings.databaseUrl ?? `sqlite:${join(settings.dataDir, 'earshot.db')}`, opened);
    const to = await openEnd(address, opened);
    if ((await from.engine.describe()) === (await to.engine.describe()))
      throw new Refused('same-store', 'This is the store that the records are in already.');
    await refuseRunning(from.engine);
    const bar = progressBar('moving');
    const leave = from.folder || to.folder ? IN_FILES : [];
    const moved = await moveStore(from.engine, to.engine, { leave, signal, onProgress: bar.at }).finally(bar.stop);
    await moveFiles(settings, from, to);
    if (json) sayJson(moved);
    else tell(moved, await to.engine.describe(), settings, to);
  } finally {
    await Promise.all(opened.map((engine) => engine.close()));
    await unlock();
  }
}

async function openEnd(address: string, opened: Engine[]): Promise<End> {
  const file = /^sqlite:(?:\/\/)?(.+)$/.exec(address)?.[1];
  if (file !== undefined) {
    const { openSqliteEngine } = await import('../store/sqlite/index.ts');
    const engine = await openSqliteEngine(resolve(file));
    opened.push(engine);
    return { engine, folder: dirname(resolve(file)) };
  }
  const { openPostgresEngine } = await import('../store/postgres/index.ts');
  const engine = await openPostgresEngine(address);
  opened.push(engine);
  return { engine };
}

/** Keeps a server from starting on this folder while its records go. @throws Refused `already-running` */
async function standStill(settings: Settings): Promise<() => Promise<void>> {
  if (settings.databaseUrl) return async () => {};
  const workspace = await openSettings(settings, undefined, 'server', (message) => say(plain(message)));
  return () => workspace.close();
}

async function refuseRunning(from: Engine): Promise<void> {
  const running = (await storeOver(from).machines.leases()).filter(({ name }) => name.startsWith(PROCESS));
  if (running.length === 0) return;
  const names = running.map(({ name }) => name.slice(PROCESS.length)).join('; ');
  throw new Refused(
    'already-running',
    `Earshot is running on these records: ${names}. Stop it, wait 15 seconds, try again.`,
  );
}

async function moveFiles(settings: Settings, from: End, to: End): Promise<void> {
  if (from.folder && !to.folder) await filesIntoStore(settings, storeOver(to.engine));
  if (!from.folder && to.folder) {
    const all = () => from.engine.read.selectFrom('kept').selectAll().execute();
    await storeIntoFiles({ settings: storeOver(from.engine).settings, kept: { all } }, to.folder);
  }
}

function tell({ tables, rows, auditEvents, resumed }: Moved, where: string, settings: Settings, to: End): void {
  const again = resumed ? ' It went on where the move before was cut off.' : '';
  say(`${green('✓')} ${rows.toLocaleString('en')} rows of ${tables.length} tables are in ${where}.${again}`);
  say('  Checked: the same number of rows and the same hash in every table.');
  say(`  The audit log is whole: ${auditEvents.toLocaleString('en')} events.`);
  say();
  say('What to do next:');
  if (to.folder) {
    say(`  1. Take EARSHOT_DATABASE_URL away, and set EARSHOT_DATA=${to.folder}.`);
    say('  2. Start Earshot on this machine alone: npm start');
  } else {
    say('  1. Set EARSHOT_DATABASE_URL to the address you gave, on every machine that shall take part.');
    say('  2. Start Earshot: npm start. The settings are in the database now: earshot workspace export FILE.');
  }
  const old = settings.databaseUrl ? 'The old database' : join(settings.dataDir, 'earshot.db');
  say(dim(`  ${old} is as it was. Keep it until you are content, then delete it.`));
}
