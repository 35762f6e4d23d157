import { access, constants, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Finding } from '../core/ports.ts';
import { readHealth } from '../observe/health.ts';
import type { Parts } from '../parts/index.ts';
import { overdueSentence } from '../parts/knowledge.ts';
import { PROCESS } from '../parts/together.ts';
import { uselessKeywords } from '../parts/unknown-types.ts';
import { verifyAudit } from '../store/audit.ts';
import { examineSource, tried } from './doctor-source.ts';
import { EXIT, green, plain, red, say, sayJson } from './output.ts';
import { withParts } from './with-parts.ts';

const LEAST_FREE_BYTES = 500_000_000;

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check runtime, store, settings and every source, and say in one line each what to do')
    .option('--json', 'one JSON object a finding')
    .action((options: { json?: boolean }) =>
      withParts(async (parts) => {
        let bad = 0;
        for await (const finding of examine(parts)) {
          if (!finding.ok) bad++;
          if (options.json) sayJson(finding);
          else say(`${finding.ok ? green('✓') : red('✗')} ${finding.what}: ${plain(finding.message)}`);
        }
        if (bad > 0) process.exitCode = EXIT.failed;
        if (!options.json) say(bad === 0 ? '\nAll is well.' : `\n${bad} to look at.`);
      }),
    );
}

async function* examine(parts: Parts): AsyncGenerator<Finding> {
  yield { what: 'runtime', ok: true, message: `Node ${process.version} on ${process.platform} ${process.arch}` };
  yield await tried('data directory', () => dataDirectory(parts.settings.dataDir));
  yield picturesOf(parts);
  yield await tried('store', () => parts.store.describe());
  for (const { code, message } of await troubles(parts)) yield { what: code, ok: false, message };
  if (parts.together.leases) yield await tried('machines', () => machinesAtWork(parts));
  yield await tried('audit', async () => {
    const { events, brokenAt } = await verifyAudit(parts.store);
    if (brokenAt !== undefined)
      throw new Error(`The chain breaks at event ${brokenAt}. Compare the store with a backup.`);
    return `${events} events, the chain is whole`;
  });
  yield await tried('settings', async () => {
    const problem = parts.workspace.problem();
    if (problem) throw new Error(problem);
    const { dataDir, databaseUrl } = parts.settings;
    return databaseUrl ? 'in the database, for all machines' : join(dataDir, 'workspace.json');
  });
  for (const message of await uselessKeywords(parts.workspace, parts.taxonomy, parts.settings))
    yield { what: 'keywords', ok: false, message };
  yield await tried('classifier', async () => `${(await parts.classifier()).version}, ${await modelInUse(parts)}`);
  yield await tried('knowledge', async () => knowledgeChecked(parts));
  for (const { id, enabled } of parts.workspace.current().sources) {
    if (!enabled) yield { what: `source ${id}`, ok: true, message: 'paused in the settings' };
    else yield* examineSource(parts, id);
  }
}

/** What `/readyz` would say, but for the sources: those are looked at one by one below. */
async function troubles({ store, clock, settings, canaries }: Parts) {
  const stopping = new AbortController().signal;
  const health = await readHealth({
    store,
    clock,
    dataDir: settings.dataDir,
    stopping,
    patienceMs: 30_000,
    canaries,
  });
  return health.troubles.filter(({ code }) => code !== 'source' && code !== 'disk');
}

/** Several machines that keep pictures each for itself show some of them to nobody. */
function picturesOf({ settings, together }: Parts): Finding {
  const { attachmentsDir, variables } = settings;
  const alone = together.leases !== undefined && !variables.EARSHOT_ATTACHMENTS;
  const advice = `${attachmentsDir} is for this machine alone. With several, set EARSHOT_ATTACHMENTS to a folder that all of them share.`;
  return { what: 'pictures', ok: !alone, message: alone ? advice : attachmentsDir };
}

async function machinesAtWork({ store }: Parts): Promise<string> {
  const leases = await store.machines.leases();
  const servers = leases.flatMap(({ name }) => (name.startsWith(PROCESS) ? [name.slice(PROCESS.length)] : []));
  return servers.length === 0 ? 'no server is running' : servers.join('; ');
}

function knowledgeChecked({ knowledgeRows }: Parts): string {
  const rows = knowledgeRows();
  const overdue = overdueSentence(rows);
  if (overdue) throw new Error(overdue);
  return `${rows.length} articles, each within its time`;
}

async function modelInUse({ models }: Parts): Promise<string> {
  const [{ promotion }, waiting] = await Promise.all([models.inUse(), models.hasChallenger()]);
  const used = promotion
    ? `model ${promotion.model}, promoted by ${promotion.by} on ${new Date(promotion.at).toISOString().slice(0, 10)}`
    : 'the shipped model';
  return waiting ? `${used}; a challenger waits: earshot evaluate --compare` : used;
}

async function dataDirectory(dir: string): Promise<string> {
  await access(dir, constants.W_OK);
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  if (free < LEAST_FREE_BYTES)
    throw new Error(`Only ${(free / 1e6).toFixed(0)} MB are free on the disk of ${dir}. Make room.`);
  return `${dir}, ${(free / 1e9).toFixed(1)} GB free`;
}
