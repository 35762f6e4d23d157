import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Case, QueuePage } from '../../src/core/ports.ts';
import { ROOT } from '../../src/settings.ts';

/** Earshot as people start it, over local platforms on which invented people live `speed` times as fast. */
export interface House {
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: Partial<Case & QueuePage> | undefined; ms: number }>;
  /** Megabytes in memory, and open files and connections. Undefined where the system does not tell (other than Linux). */
  weigh(): { rssMB: number; handles: number } | undefined;
  /** Stops as Ctrl-C does, and says whether that went well and whether the log of decisions is whole. */
  close(): Promise<{ stopped: boolean; auditWhole: boolean }>;
}

const BIN = join(ROOT, 'bin/earshot.cjs');

export async function openHouse(speed: number): Promise<House> {
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
  };
  const server = spawn(process.execPath, ['--max-semi-space-size=8', BIN, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const link = new URL(await linkOf(server));
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
    weigh: () => weigh(server.pid ?? 0),
    async close() {
      server.kill('SIGTERM');
      const [code] = await once(server, 'exit');
      const audit = spawn(process.execPath, [BIN, 'audit', 'verify'], { env, stdio: 'ignore' });
      const [verified] = await once(audit, 'exit');
      world.disconnect();
      await once(world, 'exit');
      await rm(dataDir, { recursive: true, force: true });
      return { stopped: code === 0, auditWhole: verified === 0 };
    },
  };
}

async function linkOf(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    const link = /http:\S+/.exec(line)?.[0];
    if (link) return link;
  }
  throw new Error('Earshot ended before it was ready.');
}

function weigh(pid: number): { rssMB: number; handles: number } | undefined {
  if (!existsSync(`/proc/${pid}/status`)) return undefined;
  const kB = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return { rssMB: kB / 1024, handles: readdirSync(`/proc/${pid}/fd`).length };
}
