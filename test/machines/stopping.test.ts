import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Fleet, type Machine } from './fleet.ts';

/** Each machine is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.open();
});
afterEach(() => fleet.close());

async function stop({ child }: Machine): Promise<number | null> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const [code] = await closed;
  return code;
}

it('a machine that is stopped ends by itself, and gives back what it held', async () => {
  const machine = await fleet.start('one', 'collect,post,web');
  expect(await stop(machine)).toBe(0);
  expect(machine.log.filter((line) => line.includes('did not stop'))).toEqual([]);
  expect(await fleet.parts.store.machines.leases()).toEqual([]);
});

it('a machine whose database says nothing any more ends all the same, and says what it waited for', async () => {
  const machine = await fleet.start('one', 'collect,post,web');
  machine.proxy.fallSilent();
  expect(await stop(machine)).toBe(1);
  const said = machine.log.filter((line) => line.includes('did not stop in time')).map((line) => JSON.parse(line));
  expect(said).toHaveLength(1);
  // Which ones depends on what was asked last: the others gave up before.
  expect(said[0].parts).not.toEqual([]);
});
