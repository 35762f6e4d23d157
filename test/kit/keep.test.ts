import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepIn, keepInMemory } from '#kit';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-keep-'));
});
afterEach(() => rm(folder, { recursive: true }));

const addOne = (text: string | undefined) => String(Number(text ?? 0) + 1);

describe.each([
  ['on disk', () => keepIn(folder)],
  ['in memory', keepInMemory],
])('what a source keeps, %s', (_, make) => {
  it('is there again, apart from what others keep', async () => {
    const keeping = make();
    await keeping('x').update('token', () => 'one');
    await keeping('y').update('token', () => 'two');
    expect(await keeping('x').read('token')).toBe('one');
    expect(await keeping('x').read('other')).toBeUndefined();
  });

  it('changes one at a time', async () => {
    const keeping = make();
    await Promise.all(Array.from({ length: 20 }, () => keeping('x').update('count', addOne)));
    expect(await keeping('x').read('count')).toBe('20');
  });

  it('stays as it was when the change fails', async () => {
    const keep = make()('x');
    await keep.update('token', () => 'one');
    await expect(keep.update('token', () => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
    expect(await keep.read('token')).toBe('one');
    await expect(keep.update('token', addOne)).resolves.toBe('NaN');
  });
});

describe('on disk', () => {
  it('is for the owner alone, and leaves nothing else behind', async () => {
    await keepIn(folder)('../we/ird').update('to/ken', () => 'secret');
    const [source = ''] = await readdir(folder);
    expect(await readdir(join(folder, source))).toEqual(['to%2Fken']);
    expect((await stat(join(folder, source, 'to%2Fken'))).mode & 0o777).toBe(0o600);
  });

  it('takes over from a process that died while it held the lock', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const keep = keepIn(folder)('x');
    await keep.update('count', addOne);
    await writeFile(join(folder, 'x', 'count.lock'), `${child.pid} gone`);
    await keep.update('count', addOne);
    expect(await keep.read('count')).toBe('2');
  });

  it('changes one at a time over several processes', async () => {
    const kit = resolve(import.meta.dirname, '../../src/kit/keep.ts');
    const script = `
      import { keepIn } from ${JSON.stringify(kit)};
      const keep = keepIn(${JSON.stringify(folder)})('x');
      for (let n = 0; n < 15; n++) await keep.update('count', (text) => String(Number(text ?? 0) + 1));`;
    const children = [1, 2, 3].map(() => spawn(process.execPath, ['--input-type=module', '-e', script]));
    await Promise.all(children.map((child) => once(child, 'exit')));
    expect(await keepIn(folder)('x').read('count')).toBe('45');
  });
});
