import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalInteractions } from '../platforms/discord-interactions.ts';

/** Each is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const CHILD = join(import.meta.dirname, 'leaving-child.ts');

let local: LocalInteractions;
let child: ChildProcess;
beforeEach(async () => {
  local = await LocalInteractions.start();
});
afterEach(async () => {
  child.kill('SIGKILL');
  await local.close();
});

/** Tells the process to stop, and waits until it has ended by itself. */
async function leave(): Promise<unknown> {
  const closed = once(child, 'close');
  const said = once(child, 'message');
  child.send('stop');
  const [left] = await said;
  expect(await closed).toEqual([0, null]);
  return left;
}

describe.each(['cards', 'source'])('a process that holds a connection to Discord (%s)', (as) => {
  beforeEach(async () => {
    child = fork(CHILD, [as, local.url]);
    await once(child, 'message');
  });

  it('ends when it is stopped', async () => {
    expect(await leave()).toEqual([]);
  });

  it('ends when the connection broke and the next one is not made yet', async () => {
    local.discord.gateway.drop();
    expect(await leave()).toEqual([]);
  });

  it('ends while the next connection is being made', async () => {
    const { gateway } = local.discord;
    const asked = new Promise<void>((resolve) => {
      gateway.upgrade = () => resolve();
    });
    gateway.drop();
    await asked;
    expect(await leave()).toEqual([]);
  });

  it('ends although nobody answers its goodbye', async () => {
    local.discord.gateway.freeze();
    expect(await leave()).toEqual([]);
  });
});
