import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, vi } from 'vitest';

/** Each is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 60_000 });

const CHILD = join(import.meta.dirname, 'ending-child.ts');

async function stopWith(what: 'part' | 'handle' | 'nothing') {
  const child = spawn(process.execPath, [CHILD, what], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { code, log: said.trim() && JSON.parse(said) };
}

it('a part that does not end in its time is said by name, and the process ends', async () => {
  const { code, log } = await stopWith('part');
  expect(code).toBe(1);
  expect(log).toMatchObject({ level: 50, parts: ['alerts'] });
  expect(log.msg).toContain('did not stop in time');
});

it('where every part has ended and something holds the process, its kind is said, and the process ends', async () => {
  const { code, log } = await stopWith('handle');
  expect(code).toBe(1);
  expect(log).toMatchObject({ level: 50, parts: [], heldBy: expect.arrayContaining(['TCPServerWrap']) });
});

it('a process that has nothing left ends without a word, and before the time is over', async () => {
  expect(await stopWith('nothing')).toEqual({ code: 0, log: '' });
});
