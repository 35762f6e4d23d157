import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import { type EngineUnderTest, fresh } from './support.ts';

export function machines(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let one: Store;
  let two: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    one = place.store;
    two = await place.open();
  });
  afterEach(() => place.done());

  it('has a clock that all agree about', async () => {
    const before = await one.machines.now();
    const after = await two.machines.now();
    expect(after).toBeGreaterThanOrEqual(before);
    expect(Math.abs(before - Date.now())).toBeLessThan(60_000);
  });

  it('gives a lease to one holder, who may renew it and give it back', async () => {
    expect(await one.machines.takeLease('live x', 'a', 60_000)).toBe(true);
    expect(await two.machines.takeLease('live x', 'b', 60_000)).toBe(false);
    expect(await two.machines.takeLease('live y', 'b', 60_000)).toBe(true);
    expect(await one.machines.takeLease('live x', 'a', 90_000)).toBe(true);
    const leases = await two.machines.leases();
    expect(leases.map(({ name, holder }) => [name, holder])).toEqual([
      ['live x', 'a'],
      ['live y', 'b'],
    ]);
    await two.machines.giveBack('live x', 'b');
    expect(await two.machines.takeLease('live x', 'b', 60_000)).toBe(false);
    await one.machines.giveBack('live x', 'a');
    expect(await two.machines.takeLease('live x', 'b', 60_000)).toBe(true);
  });

  it('lets another take a lease that is over', async () => {
    expect(await one.machines.takeLease('live x', 'a', 0)).toBe(true);
    expect(await one.machines.leases()).toEqual([]);
    expect(await two.machines.takeLease('live x', 'b', 60_000)).toBe(true);
    expect(await one.machines.takeLease('live x', 'a', 60_000)).toBe(false);
  });

  it('gives a lease to one of many who ask at once', async () => {
    const asked = Array.from({ length: 20 }, (_, i) =>
      (i % 2 ? one : two).machines.takeLease('crowd', `h${i}`, 60_000),
    );
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });

  it('gives each time of a schedule to one holder, and forgets those of the day before', async () => {
    const now = await one.machines.now();
    const asked = Array.from({ length: 10 }, (_, i) => (i % 2 ? one : two).machines.takeSlot('pull x', now, `h${i}`));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    expect(await one.machines.takeSlot('pull y', now, 'a')).toBe(true);
    const old = now - 90_000_000;
    expect(await one.machines.takeSlot('pull x', old, 'a')).toBe(true);
    expect(await two.machines.takeSlot('pull x', now, 'b')).toBe(false);
    expect(await two.machines.takeSlot('pull x', old, 'b')).toBe(true);
  });

  it('lets all processes together take what is allowed, and no more', async () => {
    const allowed = { count: 5, perSeconds: 3_600 };
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 ? one : two).machines.takeTurn('source x', allowed)),
    );
    expect(asked.filter((ms) => ms === 0)).toHaveLength(5);
    for (const ms of asked.filter((wait) => wait > 0)) {
      expect(ms).toBeGreaterThan(600_000);
      expect(ms).toBeLessThanOrEqual(720_000);
    }
    expect(await one.machines.takeTurn('source y', allowed)).toBe(0);
  });

  it('gives turns again as they grow back', async () => {
    const allowed = { count: 2, perSeconds: 0.2 };
    let ms = 0;
    for (let asked = 0; ms === 0 && asked < 1_000; asked += 1) ms = await one.machines.takeTurn('x', allowed);
    expect(ms, 'sooner or later it is used up').toBeGreaterThan(0);
    await pause(ms);
    // Two clocks measured it, each in whole milliseconds.
    await expect.poll(() => two.machines.takeTurn('x', allowed)).toBe(0);
  });

  it('gives nobody a turn while a platform wants to be left alone', async () => {
    const allowed = { count: 100, perSeconds: 1 };
    await one.machines.rest('source x', allowed, 600_000);
    await two.machines.rest('source x', allowed, 1_000);
    const ms = await two.machines.takeTurn('source x', allowed);
    expect(ms).toBeGreaterThan(500_000);
    expect(ms).toBeLessThanOrEqual(600_100);
    expect(await two.machines.takeTurn('source y', allowed)).toBe(0);
  });

  it('says how writing goes: nothing while little was written', async () => {
    expect(one.condition()).toEqual({ full: false });
    for (let n = 0; n < 3; n += 1) await one.appendAudit({ at: n, actor: 'a', action: 'x', subject: 's', detail: {} });
    expect(one.condition()).toEqual({ full: false, commitMs: expect.any(Number) });
    expect(two.condition(), 'each process tells its own').toEqual({ full: false });
  });

  it('keeps texts of connectors, and never writes over a change that it has not seen', async () => {
    expect(await one.kept.read('source x', 'token')).toBeUndefined();
    expect(await one.kept.replace('source x', 'token', 'none', 'first')).toBe(false);
    expect(await one.kept.replace('source x', 'token', undefined, 'first')).toBe(true);
    expect(await two.kept.replace('source x', 'token', undefined, 'other')).toBe(false);
    expect(await two.kept.replace('source x', 'token', 'first', 'second 你好')).toBe(true);
    expect(await one.kept.replace('source x', 'token', 'first', 'third')).toBe(false);
    expect(await one.kept.read('source x', 'token')).toBe('second 你好');
    expect(await one.kept.read('source y', 'token')).toBeUndefined();
  });

  it('keeps models for all, and never writes over a change that it has not seen', async () => {
    const large = 'x'.repeat(3_000_000);
    expect(await one.models.read('0badf00d')).toBeUndefined();
    expect(await one.models.replace('0badf00d', undefined, large)).toBe(true);
    expect(await two.models.replace('0badf00d', undefined, 'other')).toBe(false);
    expect(await two.models.read('0badf00d')).toBe(large);
    expect(await two.models.replace('0badf00d', 'other', 'third')).toBe(false);
    expect(await two.models.replace('0badf00d', large, 'third')).toBe(true);
    expect(await one.models.read('0badf00d')).toBe('third');
  });

  it('keeps the settings with their last versions, and rings for those who watch', async () => {
    const state = (revision: number) => ({ revision, document: `{"r":${revision}}`, version: `{"by":"mia"}` });
    expect(await one.settings.read()).toBeUndefined();
    const rung = new Promise<void>((resolve) => {
      const stop = two.settings.watch(() => {
        stop();
        resolve();
      });
    });
    expect(await one.settings.replace(undefined, state(1), 3)).toBe(true);
    await rung;
    expect(await two.settings.replace(undefined, state(1), 3)).toBe(false);
    const both = await Promise.all([one.settings.replace(1, state(2), 3), two.settings.replace(1, state(2), 3)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    for (const revision of [3, 4, 5]) expect(await two.settings.replace(revision - 1, state(revision), 3)).toBe(true);
    expect(await one.settings.read()).toEqual(state(5));
    expect((await one.settings.versions()).map(({ revision }) => revision)).toEqual([5, 4, 3]);
  });

  it('tells other processes which mentions changed', async () => {
    const heard = new Promise<readonly string[]>((resolve) => {
      const stop = two.watch(({ mentions }) => {
        stop();
        resolve(mentions);
      });
    });
    const found = [{ nativeId: 'm1', author: { id: 'a' }, text: 'help', permission: { how: 'api' as const } }];
    const { added } = await one.savePage({ source: 's', connector: 'forum', sample: false, found, at: 1 });
    // An engine without messages between processes says "look again" instead.
    expect([added, []]).toContainEqual(await heard);
  });
}
