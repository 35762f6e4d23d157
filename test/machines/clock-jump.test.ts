import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { Fleet, type Machine } from './fleet.ts';

/** Each machine is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const PATIENCE = { timeout: 90_000, interval: 250 };
const HOUR = 3_600_000;

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.open();
});
afterEach(() => fleet.close());

/** People write, the person approves, and all of it is answered. */
async function answerMore(count: number, inAll: number): Promise<void> {
  fleet.say(count);
  await expect.poll(async () => (await fleet.states()).drafted, PATIENCE).toBe(count);
  await fleet.approveAll();
  await expect.poll(() => fleet.states(), PATIENCE).toEqual({ posted: inAll });
}

const jumps = ({ log }: Machine) => log.filter((line) => line.includes('the clock jumped'));

async function troubles({ link }: Machine): Promise<string[]> {
  const answer = (await (await fetch(new URL('/readyz', link))).json()) as { troubles: { code: string }[] };
  return answer.troubles.map(({ code }) => code);
}

it('a machine whose clock jumps ahead and back says so, and goes on beside one whose clock is right', async () => {
  const jumping = await fleet.start('jumping', 'collect,post,web', {
    NODE_OPTIONS: `--import ${join(import.meta.dirname, 'jumping-clock.ts')}`,
    CLOCK_JUMPS: `${3 * HOUR},${-6 * HOUR}`,
  });
  const right = await fleet.start('right', 'post,web');
  await answerMore(2, 2);
  expect(await troubles(jumping)).not.toContain('clock');

  jumping.child.kill('SIGUSR2');
  await expect.poll(() => jumps(jumping), PATIENCE).toHaveLength(1);
  expect(jumps(jumping)[0]).toContain('180 minutes further');
  expect(await troubles(jumping)).toContain('clock');
  await answerMore(2, 4);

  jumping.child.kill('SIGUSR2');
  await expect.poll(() => jumps(jumping), PATIENCE).toHaveLength(2);
  await answerMore(2, 6);

  expect(fleet.answers()).toEqual({ once: 6, doubled: [] });
  expect(jumps(right), 'nobody else is told so').toEqual([]);
  expect(await troubles(right)).not.toContain('clock');
  expect([jumping.child.exitCode, right.child.exitCode]).toEqual([null, null]);
  expect(await verifyAudit(fleet.parts.store)).not.toHaveProperty('brokenAt');
});
