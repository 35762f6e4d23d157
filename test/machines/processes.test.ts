import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { Fleet } from './fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.open();
});
afterEach(() => fleet.close());

const PATIENCE = { timeout: 90_000, interval: 250 };

it('of several machines one is cut off and one is killed: the others go on, nothing is lost, nothing doubled', {
  timeout: 240_000,
}, async () => {
  const [one, two, three] = await Promise.all([
    fleet.start('one', 'collect,post'),
    fleet.start('two', 'post,collect'),
    fleet.start('three', 'web'),
  ]);
  const servers = async () => (await fleet.parts.store.machines.leases()).filter(({ name }) => /^process /.test(name));
  await expect.poll(async () => (await servers()).length, PATIENCE).toBe(3);

  fleet.say(4);
  await expect.poll(() => fleet.states(), PATIENCE).toEqual({ drafted: 4 });
  await fleet.approveAll();
  // Whoever sends first loses the database in the middle of it; the platform has the reply.
  let cut = false;
  fleet.platform.onComment = (moment) => {
    if (moment === 'stored' && !cut) {
      cut = true;
      one.proxy.cut();
    }
  };
  await expect.poll(() => fleet.answers().once, PATIENCE).toBe(4);

  // The other hears, sorts and drafts what is new, whoever held the source before.
  fleet.say(3);
  await expect.poll(async () => (await fleet.states()).drafted, PATIENCE).toBe(3);
  await fleet.approveAll();
  await expect.poll(() => fleet.answers().once, PATIENCE).toBe(7);

  one.proxy.mend();
  await fleet.kill(two);
  fleet.say(2);
  await expect.poll(async () => (await fleet.states()).drafted, PATIENCE).toBe(2);
  await fleet.approveAll();
  await expect.poll(() => fleet.states(), PATIENCE).toEqual({ posted: 9 });
  expect(fleet.answers()).toEqual({ once: 9, doubled: [] });
  expect(await verifyAudit(fleet.parts.store)).not.toHaveProperty('brokenAt');
  expect(three.child.exitCode).toBeNull();
});
