import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Home } from './growth.ts';
import type { Measurement } from './measurement.ts';

const RUNS = 5;

/** From the command to the line with the link, and what the process holds then. */
export async function benchStart(home: Home, engine: string, n: number): Promise<Measurement[]> {
  const starts: { ms: number; megabytes: number }[] = [];
  for (let run = 0; run < RUNS; run++) starts.push(await startOnce(home));
  const measure = (name: string, values: number[], unit: string): Measurement => {
    values.sort((a, b) => a - b);
    return { name, engine, n, p50: values[Math.floor(RUNS / 2)] ?? 0, p99: values.at(-1) ?? 0, unit };
  };
  return [
    measure(
      'start, until the link is printed',
      starts.map(({ ms }) => ms),
      'ms',
    ),
    measure(
      'memory of a server that has started',
      starts.map(({ megabytes }) => megabytes),
      'MB RSS',
    ),
  ];
}

function startOnce(home: Home): Promise<{ ms: number; megabytes: number }> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', resolve(import.meta.dirname, '../../bin/earshot.cjs'), 'start'],
    {
      env: { ...process.env, ...home, EARSHOT_PORT: '0', EARSHOT_LOG: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return new Promise((done, failed) => {
    let ready: { ms: number; megabytes: number } | undefined;
    child.stdout.once('data', async () => {
      const ms = performance.now() - began;
      ready = { ms, megabytes: await memoryOf(child.pid) };
      child.kill('SIGTERM');
    });
    child.once('exit', (code) => (ready ? done(ready) : failed(new Error(`start ended with ${code}`))));
  });
}

/** Resident memory in MB, where the system tells; else 0. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000;
}
