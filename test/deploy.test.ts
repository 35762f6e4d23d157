import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };
import { openMetrics } from '../src/observe/metrics.ts';
import { ROOT } from '../src/settings.ts';
import { temporaryStore } from './platforms/open-forum.ts';

const DEPLOY = join(ROOT, 'src/observe/deploy');
const read = (file: string) => readFileSync(file, 'utf8');

/** What the repository holds, or would with the next commit. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .trim()
  .split('\n');

/** Which of these paths go into an image, by the rules of `.dockerignore`: the last line that fits decides. */
function forImage(paths: readonly string[]): string[] {
  const lines = read(join(ROOT, '.dockerignore'))
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const rules = lines.map((line) => ({ keep: line.startsWith('!'), pattern: line.replace('!', '') }));
  // Of a dot at the beginning a glob is shy, and this file is not.
  const fits = (path: string, pattern: string) =>
    pattern === '*' || matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`);
  return paths.filter((path) => rules.findLast(({ pattern }) => fits(path, pattern))?.keep ?? true);
}

describe('an image', () => {
  it('holds no record, no setting, no secret and no test of whoever builds it', () => {
    const risky = ['.env', 'data/live/earshot.db', 'data/live/workspace.json', '.git/config', 'notes.txt'];
    expect(forImage(risky)).toEqual([]);
    const tests = forImage(files).filter((path) => /\.test\.ts$|^test\//.test(path));
    expect(tests).toEqual([]);
  });

  it('is made of lines whose sources are there', () => {
    const lines = read(join(DEPLOY, 'Containerfile')).split('\n');
    const [from, ...others] = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(others).toEqual([from]);
    const started = JSON.parse(lines.find((line) => line.startsWith('CMD '))?.slice(4) ?? '[]').join(' ');
    expect(started).toBe(packageJson.scripts.start);
  });

  describe('of these files alone', () => {
    let app: string;
    let child: ChildProcess;
    const said = { out: '', err: '' };
    beforeAll(async () => {
      app = await mkdtemp(join(tmpdir(), 'earshot-image-'));
      for (const path of forImage(files)) cpSync(join(ROOT, path), join(app, path));
      symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
      child = spawn(process.execPath, packageJson.scripts.start.split(' ').slice(1), {
        cwd: app,
        env: {
          NODE_ENV: 'production',
          EARSHOT_DATA: join(app, 'records'),
          EARSHOT_HEALTH_PORT: '0',
          EARSHOT_ROLES: 'collect,post',
        },
      });
      child.stdout?.on('data', (chunk) => {
        said.out += chunk;
      });
      child.stderr?.on('data', (chunk) => {
        said.err += chunk;
      });
    });
    afterAll(async () => {
      child.kill('SIGKILL');
      await rm(app, { recursive: true });
    });

    it('starts, hears and sorts in roles without an inbox, says how it is, and stops when it is told to', async () => {
      await expect.poll(() => said.out).toContain('Health and numbers: http://127.0.0.1:');
      const health = said.out.match(/Health and numbers: (\S+)/)?.[1] ?? '';
      const alive = await fetch(`${health}/healthz`, { headers: { host: 'earshot-collect' } });
      expect([alive.status, await alive.json()]).toEqual([200, { status: 'alive', version: packageJson.version }]);
      expect(await (await fetch(`${health}/readyz`)).json()).toMatchObject({ status: 'ready' });
      expect((await fetch(`${health}/metrics`)).status).toBe(404);
      // A log that no person looks at tells each step.
      await expect.poll(() => said.err).toContain('"msg":"mention sorted"');
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      expect(await closed).toEqual([0, null]);
      expect(said.err).not.toContain('did not stop');
    });
  });
});

describe('the alerts', () => {
  const rules: { alert: string; expr: string; annotations: { summary: string; what_to_do: string } }[] = parse(
    read(join(DEPLOY, 'alerts.yml')),
  ).groups[0].rules;
  const named = rules
    .flatMap(({ expr }) => expr.match(/earshot_\w+/g) ?? [])
    .map((name) => name.replace(/_bucket$/, ''));
  let told: string;
  beforeAll(async () => {
    const disk = await temporaryStore();
    const { store } = disk;
    const metrics = openMetrics({ store, clock: { now: Date.now }, dataDir: tmpdir(), version: '1' });
    told = await metrics.text();
    await disk.remove();
  });

  it('rest on numbers that there are', () => {
    const there = new Set([...told.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]));
    expect(named.filter((name) => !there.has(name))).toEqual([]);
    expect(named).toContain('earshot_store_up');
  });

  it('say each what to do', () => {
    expect(rules.filter(({ annotations }) => !annotations.summary || !annotations.what_to_do)).toEqual([]);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});

describe('the unit', () => {
  const unit = read(join(DEPLOY, 'earshot.service'));
  it('starts what npm starts, and waits longer than a stop takes', () => {
    expect(unit).toContain(`ExecStart=/usr/bin/env ${packageJson.scripts.start}\n`);
    const limit = Number(read(join(ROOT, 'src/main.ts')).match(/STOP_LIMIT_MS = (\d+)_000/)?.[1]);
    expect(Number(unit.match(/TimeoutStopSec=(\d+)/)?.[1])).toBeGreaterThan(limit);
  });
});
