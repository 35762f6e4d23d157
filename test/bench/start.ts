import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import type { Measurement } from './measurement.ts';

const RUNS = 5;
const PAGE = 1000;

/** From the command to the line with the link, with nothing stored and with 100,000 mentions. */
export async function benchStart(sizes: readonly number[] = [0, 100_000]): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const n of sizes) {
    const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
    if (n > 0) await fill(join(dir, 'earshot.db'), n);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await startOnce(dir));
    times.sort((a, b) => a - b);
    measurements.push({
      name: 'start, until the link is printed',
      engine: 'SQLite',
      n,
      p50: times[Math.floor(RUNS / 2)] ?? 0,
      p99: times.at(-1) ?? 0,
      unit: 'ms',
    });
    await rm(dir, { recursive: true });
  }
  return measurements;
}

function startOnce(dataDir: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../bin/earshot.cjs'), 'start'], {
    env: { ...process.env, EARSHOT_DATA: dataDir, EARSHOT_PORT: '0', EARSHOT_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((done, failed) => {
    let ready = 0;
    child.stdout.once('data', () => {
      ready = performance.now() - began;
      child.kill('SIGTERM');
    });
    child.once('exit', (code) => (ready > 0 ? done(ready) : failed(new Error(`start ended with ${code}`))));
  });
}

async function fill(file: string, n: number): Promise<void> {
  const store = await openSqliteStore(file);
  for (let start = 0; start < n; start += PAGE) {
    const found = Array.from({ length: PAGE }, (_, at) => ({
      nativeId: String(start + at),
      author: { id: `a${at}` },
      text: `My transfer ${start + at} is stuck, 转账没有到账`,
      permission: { how: 'by-hand' as const, why: 'bench' },
    }));
    const { added } = await store.savePage({ source: 'bench', connector: 'bench', sample: false, found, at: start });
    for (const id of added) {
      const audit = { at: start, actor: 'bench', action: 'dismissed', subject: id, detail: {} };
      await store.decide({ mentionId: id, expectedVersion: 1, to: 'dismissed', audit });
    }
  }
  await store.close();
}
