import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Case, QueuePage } from '../../src/core/ports.ts';
import { ROOT } from '../../src/settings.ts';

export interface Weight {
  /** Of the whole process, as the system counts it. */
  rssMB: number;
  /** Of what JavaScript still holds. */
  heapMB: number;
  handles: number;
}

/** Earshot as people start it, over local platforms on which invented people live `speed` times as fast. */
export interface House {
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: Partial<Case & QueuePage> | undefined; ms: number }>;
  /** Megabytes that are left once the garbage is collected, and open files and connections (Linux; elsewhere 0). */
  weigh(): Promise<Weight>;
  /** Stops as Ctrl-C does, and says whether that went well and whether the log of decisions is whole. */
  close(): Promise<{ stopped: boolean; auditWhole: boolean }>;
}

const BIN = join(ROOT, 'bin/earshot.cjs');

/** @param databaseUrl PostgreSQL instead of SQLite */
export async function openHouse(speed: number, databaseUrl?: string): Promise<House> {
  const world = fork(join(ROOT, 'test/platforms/world/run.ts'), ['--people', '--trouble', '--speed', String(speed)]);
  const [ready] = (await once(world, 'message')) as [{ secrets: Record<string, string>; workspace: object }];
  const dataDir = await mkdtemp(join(tmpdir(), 'earshot-soak-'));
  await writeFile(join(dataDir, 'workspace.json'), JSON.stringify(ready.workspace));
  const env = {
    ...process.env,
    ...ready.secrets,
    EARSHOT_DATA: dataDir,
    EARSHOT_PORT: '0',
    EARSHOT_NAME: 'Soak',
    EARSHOT_LOG: 'error',
    EARSHOT_PRIVATE_HOSTS: '127.0.0.1',
    ...(databaseUrl !== undefined && { EARSHOT_DATABASE_URL: databaseUrl }),
  };
  const collecting = join(import.meta.dirname, 'collect-garbage.ts');
  const server = spawn(process.execPath, ['--max-semi-space-size=8', '--import', collecting, BIN, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream });
  const link = new URL(await linkOf(lines));
  const signedIn = await fetch(new URL('/api/v1/session', link), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: link.searchParams.get('key') }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

  return {
    async ask(method, path, body) {
      const before = performance.now();
      const answer = await fetch(new URL(path, link), {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const ms = performance.now() - before;
      return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : undefined, ms };
    },
    weigh: () => weigh(server, lines),
    async close() {
      server.kill('SIGTERM');
      // It names what does not stop in its time, and ends: later than that, it is broken.
      const code = await endOf(server, 'Earshot');
      const audit = spawn(process.execPath, [BIN, 'audit', 'verify'], { env, stdio: 'ignore' });
      const verified = await endOf(audit, 'The look at the log');
      world.disconnect();
      await endOf(world, 'The local platforms');
      await rm(dataDir, { recursive: true, force: true });
      return { stopped: code === 0, auditWhole: verified === 0 };
    },
  };
}

/** Waits for the end of a process, and after a minute makes it. Gives its exit code, null where it had to be ended. */
async function endOf(child: ChildProcess, name: string): Promise<number | null> {
  const late = setTimeout(() => {
    console.error(`${name} did not end by itself.`);
    child.kill('SIGKILL');
  }, 60_000);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  clearTimeout(late);
  return child.exitCode;
}

/** The first part of a line that looks as wanted. */
function nextLine(lines: Interface, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('Earshot ended before it had said what was asked.'));
    const look = (line: string) => {
      const found = wanted.exec(line)?.[1];
      if (found === undefined) return;
      lines.off('line', look);
      lines.off('close', end);
      resolve(found);
    };
    lines.on('line', look);
    lines.once('close', end);
  });
}

const linkOf = (lines: Interface) => nextLine(lines, /(http:\S+)/);

async function weigh(server: ChildProcess, lines: Interface): Promise<Weight> {
  const said = nextLine(lines, /^left (.*)$/);
  server.kill('SIGUSR2');
  const { rss, heapUsed, external } = JSON.parse(await said) as Record<'rss' | 'heapUsed' | 'external', number>;
  const files = `/proc/${server.pid}/fd`;
  const MB = 1_048_576;
  return {
    rssMB: rss / MB,
    heapMB: (heapUsed + external) / MB,
    handles: existsSync(files) ? readdirSync(files).length : 0,
  };
}
