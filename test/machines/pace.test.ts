import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { reddit } from '../../connectors/reddit/index.ts';
import { Fleet } from './fleet.ts';

/** Each machine is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const PATIENCE = { timeout: 90_000, interval: 250 };
const REPLIES = 4;

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.open();
});
afterEach(() => fleet.close());

it('two machines that post keep to the pace of one platform together', async () => {
  const listening = await fleet.start('listening', 'collect');
  fleet.say(REPLIES);
  await expect.poll(() => fleet.states(), PATIENCE).toEqual({ drafted: REPLIES });
  await fleet.kill(listening);
  await fleet.approveAll();

  // All that may go at once is gone: from here on one request is allowed every so often, whoever makes it.
  const { machines } = fleet.parts.store;
  const { requests: allowed } = reddit.limits;
  while ((await machines.takeTurn('source wallets', allowed)) === 0);
  const since = await machines.now();
  const before = fleet.platform.requests.length;
  await Promise.all([fleet.start('one', 'post'), fleet.start('two', 'post')]);
  await expect.poll(() => fleet.states(), PATIENCE).toEqual({ posted: REPLIES });

  const made = fleet.platform.requests.length - before;
  const seconds = ((await machines.now()) - since) / 1000;
  expect(made).toBeGreaterThanOrEqual(REPLIES);
  expect(made).toBeLessThanOrEqual(Math.ceil((seconds * allowed.count) / allowed.perSeconds) + 1);
  expect(fleet.answers()).toEqual({ once: REPLIES, doubled: [] });
});
