import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkspace } from '../../src/workspace/index.ts';

const KILLS = Number(process.env.CRASH_RUNS ?? 5);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-workspace-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Lets a process change the settings some times, and kills it at a moment that nobody chose. Gives what it said was safe. */
async function liveAndDie(name: string): Promise<string[]> {
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-crash-cache'),
    FOLDER: folder,
    NAME: name,
  };
  const script = join(import.meta.dirname, 'workspace-child.ts');
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = wordsIn(said).length;
    said += text;
    // However slow the disk is: it has said some when it dies.
    if (before < 3 && wordsIn(said).length >= 3) setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
  });
  await event(child, 'close');
  return wordsIn(said);
}

const wordsIn = (said: string) => said.split('\n').filter((word) => word !== '');

it('every change that was said to be safe is there after kill -9, and the file is never broken', async () => {
  const safe: string[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    const lives = await Promise.all([liveAndDie(`a${kill}`), liveAndDie(`b${kill}`)]);
    safe.push(...lives.flat());
    const { keywords } = JSON.parse(await readFile(join(folder, 'workspace.json'), 'utf8'));
    expect(keywords).toEqual(expect.arrayContaining(safe));
    expect(new Set(keywords).size).toBe(keywords.length);
  }
  expect(safe.length).toBeGreaterThan(2 * KILLS);

  const said: string[] = [];
  const defaults = { version: 1 as const, brand: { product: 'x' } };
  const workspace = await openWorkspace(folder, { defaults, report: (text) => said.push(text) });
  expect(workspace.current().keywords).toEqual(expect.arrayContaining(safe));
  expect((await workspace.versions())[0]).toMatchObject({ revision: workspace.current().revision });
  await workspace.close();
  expect(said).toEqual([]);
  const left = [...(await readdir(folder)), ...(await readdir(join(folder, 'versions')))];
  expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
