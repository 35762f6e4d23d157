import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type OpenWorkspaceOptions,
  officialHandles,
  openWorkspace,
  type Workspace,
  type WorkspaceHandle,
  type WorkspaceInput,
} from './index.ts';

const defaults: WorkspaceInput = {
  version: 1,
  brand: { product: 'Acorn Pay' },
  sources: [{ id: 'sample', connector: 'sample', sample: true }],
};

let folder: string;
let said: string[];
const open: WorkspaceHandle[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-workspace-'));
  said = [];
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((handle) => handle.close()));
  await rm(folder, { recursive: true });
});

async function start(options: Partial<OpenWorkspaceOptions> = {}): Promise<WorkspaceHandle> {
  const handle = await openWorkspace(folder, { defaults, pollMs: 10, report: (text) => said.push(text), ...options });
  open.push(handle);
  return handle;
}
const file = () => join(folder, 'workspace.json');
const onDisk = async (): Promise<Workspace> => JSON.parse(await readFile(file(), 'utf8'));
const nextChange = (handle: WorkspaceHandle) =>
  new Promise<Workspace>((resolve) => {
    const stop = handle.onChange((now) => {
      stop();
      resolve(now);
    });
  });
const rename = (product: string) => (draft: Workspace) => {
  draft.brand.product = product;
};

describe('the workspace document', () => {
  it('is made on first start, readable, with every default written out', async () => {
    const workspace = await start();
    expect(workspace.current()).toEqual(await onDisk());
    expect(await onDisk()).toMatchObject({ version: 1, revision: 1, schedules: { pull: '*/5 * * * *' } });
    expect(await readFile(file(), 'utf8')).toContain('\n  "brand": {\n');
  });

  it('keeps what was changed, by whom, and the difference', async () => {
    const workspace = await start();
    await workspace.update('Lin', 'paused the sample', (draft) => {
      const [sample] = draft.sources;
      if (sample) sample.enabled = false;
    });
    expect((await onDisk()).sources[0]?.enabled).toBe(false);
    expect((await workspace.versions())[0]).toMatchObject({
      revision: 2,
      by: 'Lin',
      what: 'paused the sample',
      difference: [{ path: 'sources.sample.enabled', before: true, after: false }],
    });
  });

  it('is the same after a restart', async () => {
    const first = await start();
    await first.update('Lin', 'renamed', rename('Birch Pay'));
    await first.close();
    const second = await start();
    expect(second.current()).toEqual(first.current());
    expect(said).toEqual([]);
  });

  it('cannot be changed behind its back', async () => {
    const workspace = await start();
    expect(() => rename('Birch Pay')(workspace.current())).toThrow(TypeError);
    await expect(workspace.update('Lin', 'later', (async () => {}) as () => void)).rejects.toThrow(/asynchronous/);
  });

  it('refuses a change that makes no sense, and stays as it was', async () => {
    const workspace = await start();
    const before = await readFile(file(), 'utf8');
    const twice = workspace.update('Lin', 'added', (draft) => draft.sources.push(...structuredClone(draft.sources)));
    await expect(twice).rejects.toMatchObject({
      code: 'invalid-settings',
      message: 'sources.1.id: Two sources are called "sample".',
    });
    expect(await readFile(file(), 'utf8')).toBe(before);
    expect(workspace.current().sources).toHaveLength(1);
  });

  it('refuses a change made on an older view', async () => {
    const workspace = await start();
    const { revision } = workspace.current();
    await workspace.update('Lin', 'renamed', rename('Birch Pay'), { ifRevision: revision });
    await expect(
      workspace.update('Ada', 'renamed', rename('Cedar Pay'), { ifRevision: revision }),
    ).rejects.toMatchObject({ name: 'Conflict' });
    expect((await onDisk()).brand.product).toBe('Birch Pay');
  });

  it('keeps the last versions only, and brings one back', async () => {
    const workspace = await start({ keep: 5 });
    for (let n = 1; n <= 8; n++) await workspace.update('Lin', `change ${n}`, rename(`Pay ${n}`));
    expect((await workspace.versions()).map(({ revision }) => revision)).toEqual([9, 8, 7, 6, 5]);
    await workspace.restore('Ada', 6);
    expect(await onDisk()).toMatchObject({
      revision: 10,
      brand: { product: 'Pay 5' },
      changed: { by: 'Ada', what: 'restored version 6' },
    });
    await expect(workspace.restore('Ada', 2)).rejects.toMatchObject({ code: 'unknown-version' });
  });

  it('writes nothing when it is opened for reading', async () => {
    const reader = await start({ mode: 'read' });
    expect(reader.current().brand.product).toBe('Acorn Pay');
    await expect(reader.update('Lin', 'renamed', rename('Birch Pay'))).rejects.toMatchObject({ code: 'read-only' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an edit by hand', () => {
  it('is followed while Earshot runs, and kept as a version', async () => {
    const workspace = await start();
    const changed = nextChange(workspace);
    await writeFile(file(), (await readFile(file(), 'utf8')).replace('Acorn', 'Birch'));
    expect((await changed).brand.product).toBe('Birch Pay');
    expect((await workspace.versions())[0]).toMatchObject({ revision: 2, by: 'edited by hand' });
  });

  it('is not lost under a change that comes at the same time', async () => {
    const workspace = await start({ pollMs: 1_000_000 });
    await writeFile(file(), (await readFile(file(), 'utf8')).replace('Acorn', 'Birch'));
    await workspace.update('Lin', 'added a keyword', (draft) => draft.keywords.push('birch'));
    expect(await onDisk()).toMatchObject({ revision: 3, brand: { product: 'Birch Pay' }, keywords: ['birch'] });
  });

  it('made while nobody ran is taken over at the next start', async () => {
    await (await start()).close();
    await writeFile(file(), (await readFile(file(), 'utf8')).replace('Acorn', 'Birch'));
    const workspace = await start();
    expect(workspace.current()).toMatchObject({ revision: 2, brand: { product: 'Birch Pay' } });
  });

  it.each([
    ['a trailing comma', '{\n  "version": 1,\n}', /workspace.json, line 3, column 1: "}" cannot stand here/],
    ['a missing bracket', '{\n  "version": 1,\n  "keywords": ["a"', /ends too early, in line 3/],
    ['an empty file', '', /workspace.json is empty/],
    ['a wrong value', '{\n "version": 1,\n "brand": {"product": "x"},\n "keywords": [\n 7]}', /line 5, keywords.0: /],
    ['a misspelt setting', '{"version": 1,\n "brand": {"product": "x"},\n "keyword": []}', /document: .*"keyword"/],
    ['a newer version', '{"version": 2, "brand": {"product": "x"}}', /version: .*Update Earshot/],
    [
      'a strange schedule',
      '{"version":1,"brand":{"product":"x"},\n"schedules":{"pull":"often"}}',
      /line 2, schedules.pull: Write/,
    ],
  ])('with %s changes nothing and is explained', async (_, text, explanation) => {
    let tell = () => {};
    const reported = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const workspace = await start({
      report: (message) => {
        said.push(message);
        tell();
      },
    });
    const good = workspace.current();
    await writeFile(file(), text);
    await reported;
    expect(said.join()).toMatch(explanation);
    expect(workspace.problem()).toMatch(explanation);
    expect(workspace.current()).toBe(good);
    expect(await readFile(file(), 'utf8')).toBe(text); // the person can mend it

    const mended = nextChange(workspace);
    await writeFile(file(), JSON.stringify({ ...good, brand: { product: 'Mended Pay' } }));
    expect((await mended).brand.product).toBe('Mended Pay');
    await expect.poll(() => workspace.problem()).toBeUndefined();
  });

  it('that is broken is set aside when a change from elsewhere must be saved', async () => {
    const workspace = await start({ pollMs: 1_000_000 });
    await writeFile(file(), '{ "version": 1, half');
    await workspace.update('Lin', 'renamed', rename('Birch Pay'));
    expect((await onDisk()).brand.product).toBe('Birch Pay');
    const copy = (await readdir(folder)).find((name) => name.startsWith('workspace.broken-'));
    expect(await readFile(join(folder, copy ?? ''), 'utf8')).toBe('{ "version": 1, half');
  });

  it('with a fault that only the caller can see is explained with its line', async () => {
    await start().then((handle) => handle.close());
    const check = () => [{ path: ['sources', 0, 'connector'], message: 'There is no connector "sample".' }];
    await expect(start({ check })).rejects.toThrow('There is no connector "sample"');
  });
});

describe('a damaged file', () => {
  it('is restored from the newest good version, and kept', async () => {
    const first = await start();
    await first.update('Lin', 'renamed', rename('Birch Pay'));
    await first.close();
    const whole = await readFile(file(), 'utf8');
    await writeFile(file(), whole.slice(0, whole.length / 2));
    await writeFile(join(folder, 'versions', '000002.json'), '{"revision": 2, "docu');
    const workspace = await start();
    expect(workspace.current()).toMatchObject({ brand: { product: 'Acorn Pay' }, revision: 2 });
    expect(said[0]).toMatch(
      /ends too early.*\nIts newest good version \(1\) was restored; .* kept as workspace.broken-/,
    );
    expect((await readdir(folder)).filter((name) => name.includes('broken'))).toHaveLength(1);
  });

  it('is left to whoever is editing it by a command, which works with the last good version', async () => {
    await start().then((handle) => handle.close());
    await writeFile(file(), '{"version": 1,');
    const command = await start({ mode: 'command' });
    expect(command.current().brand.product).toBe('Acorn Pay');
    expect(command.problem()).toMatch(/ends too early/);
    expect(said[0]).toMatch(/ends too early.*\nVersion 1 is used until it is mended/);
    expect(await readFile(file(), 'utf8')).toBe('{"version": 1,');
  });

  it('without any version is left alone, with an explanation', async () => {
    await writeFile(file(), '{');
    await expect(start()).rejects.toThrow(/ends too early.*\nNo version of it is kept/);
    expect(await readFile(file(), 'utf8')).toBe('{');
  });

  it('that is gone comes back from its newest version', async () => {
    const first = await start();
    await first.update('Lin', 'renamed', rename('Birch Pay'));
    await first.close();
    await rm(file());
    expect((await start()).current().brand.product).toBe('Birch Pay');
    expect(said[0]).toMatch(/was missing/);
  });

  it('left no temporary files behind', async () => {
    const left = `.workspace.json.${crypto.randomUUID()}.tmp`;
    await writeFile(join(folder, left), '{');
    await start();
    expect(await readdir(folder)).not.toContain(left);
  });
});

describe('two at once', () => {
  it('a second server refuses, and may start when the first has stopped', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'already-running',
      message: expect.stringMatching(new RegExp(`already running on .* \\(process ${process.pid} on `)),
    });
    await first.close();
    await expect(start()).resolves.toBeDefined();
  });

  it('a lock left by a dead process, or by one whose id was given out again, does not bind', async () => {
    const dead = { pid: 2 ** 22 - 1, host: hostname(), since: '', token: 'x' };
    await writeFile(join(folder, 'server.lock'), JSON.stringify(dead));
    await (await start()).close();
    await writeFile(join(folder, 'server.lock'), JSON.stringify({ ...dead, pid: process.pid, born: 'another boot/1' }));
    await start();
  });

  it('a lock of another machine binds only as long as that one gives a sign of life', async () => {
    const lock = join(folder, 'server.lock');
    await writeFile(lock, JSON.stringify({ pid: 1, host: 'elsewhere.example', since: '', token: 'x' }));
    await expect(start()).rejects.toMatchObject({
      code: 'already-running',
      message: expect.stringContaining('if that machine or container is gone, its place is free 60 s after'),
    });
    await utimes(lock, new Date(0), new Date(Date.now() - 120_000));
    await start();
  });

  it('a command changes the document beside a running server, which follows', async () => {
    const server = await start();
    const command = await start({ mode: 'command' });
    const changed = nextChange(server);
    await command.update('Lin', 'renamed', rename('Birch Pay'));
    expect(await changed).toMatchObject({ revision: 2, brand: { product: 'Birch Pay' }, changed: { by: 'Lin' } });
    expect((await server.versions()).map(({ by }) => by)).toEqual(['Lin', 'Earshot']);
  });

  it('100 changes through four handles are all there', async () => {
    const server = await start();
    const commands = await Promise.all([1, 2, 3].map(() => start({ mode: 'command' })));
    const handles = [server, ...commands];
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        handles[n % 4]?.update('Lin', `added ${n}`, (draft) => draft.keywords.push(`word ${n}`)),
      ),
    );
    expect(new Set((await onDisk()).keywords).size).toBe(100);
    expect(await onDisk()).toMatchObject({ revision: 101 });
  });
});

it('an official handle may hold everywhere or on one platform', async () => {
  const workspace = await start({
    defaults: { ...defaults, brand: { product: 'Acorn Pay', officialHandles: ['@AcornPay', 'twitter:@AcornHelp'] } },
  });
  expect(officialHandles(workspace.current(), 'twitter')).toEqual(['AcornPay', 'AcornHelp']);
  expect(officialHandles(workspace.current(), 'reddit')).toEqual(['AcornPay']);
});
