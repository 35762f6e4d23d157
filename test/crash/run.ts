/**
 * `npm run -s crash -- --runs 200 --json`: replies on each local platform while the sender is killed with SIGKILL at every
 * step of the outbox, so many times on SQLite and so many on PostgreSQL, counted on the platform's side. Ends with 1 when
 * one was lost or doubled. PostgreSQL comes from npm; `EARSHOT_DATABASE_URL` names another server instead, on which the
 * runs make databases of their own. `--only twitter` and `--engine sqlite` run a part. `--mixed` kills a process that hears,
 * sorts, approves, sends and changes settings at once.
 */
import { parseArgs } from 'node:util';
import { startServer } from '../postgres/server.ts';
import { mixedRuns } from './mixed-runs.ts';
import { type CrashReport, type Engine, type MakeRecords, onPostgres, onSqlite } from './records.ts';
import { PLATFORMS } from './replying/platform.ts';
import { crashRuns } from './replying/runs.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    only: { type: 'string' },
    engine: { type: 'string' },
    json: { type: 'boolean' },
    mixed: { type: 'boolean' },
  },
});
const engines: Engine[] = ['sqlite', 'postgres'];
const runs = Number(values.runs);
const wanted = engines.filter((engine) => (values.engine ?? engine) === engine);
const names = PLATFORMS.filter((name) => (values.only ?? name) === name);
if (!(Number.isInteger(runs) && runs > 0) || wanted.length === 0 || names.length === 0) {
  console.error(`--runs is a whole number from 1; --only one of ${PLATFORMS}; --engine one of ${engines}.`);
  process.exit(2);
}

const given = process.env.EARSHOT_DATABASE_URL;
const brought = wanted.includes('postgres') && !given ? await startServer() : undefined;
const records: Record<Engine, MakeRecords> = { sqlite: onSqlite, postgres: onPostgres(given ?? brought?.url ?? '') };
try {
  if (values.mixed) await runMixed();
  for (const name of values.mixed ? [] : names) {
    for (const engine of wanted) tell(await crashRuns(name, runs, records[engine]));
  }
} finally {
  await brought?.stop();
}

async function runMixed(): Promise<void> {
  for (const engine of wanted) {
    const place = await records[engine]();
    const report = await mixedRuns(place, runs).finally(() => place.remove());
    if (report.lost > 0 || report.doubled > 0 || !report.auditWhole) process.exitCode = 1;
    print(report);
  }
}

function tell({ platform, engine, runs, approved, posted, lost, doubled, unsureOpen }: CrashReport): void {
  if (lost > 0 || doubled > 0) process.exitCode = 1;
  const line = { platform, engine, runs, approved, posted, lost, doubled, unsureOpen };
  print(line);
}

function print(line: object): void {
  const words = Object.entries(line).map(([what, value]) => `${what} ${value}`);
  console.log(values.json ? JSON.stringify(line) : words.join('  '));
}
