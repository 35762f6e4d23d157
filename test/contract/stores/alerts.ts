import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewAlert } from '../../../src/core/alerts.ts';
import type { Store } from '../../../src/core/ports.ts';
import { type EngineUnderTest, event, fresh, MINUTE, mentionIn, T0 } from './support.ts';

function alert(id: string, over: Partial<NewAlert> = {}): NewAlert {
  return {
    id,
    kind: 'mention',
    subject: 'm',
    target: 'team',
    step: 'first',
    token: `token-${id}`,
    createdAt: T0,
    ...over,
  };
}

export function alerts(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  it('an alert is written down once, however often it is asked for', async () => {
    expect(await store.addAlerts([alert('a'), alert('b')])).toBe(2);
    expect(await store.addAlerts([alert('a', { token: 'another' }), alert('c')])).toBe(1);
    expect((await store.alertsOf(['m'])).map(({ id, token }) => [id, token])).toEqual([
      ['a', 'token-a'],
      ['b', 'token-b'],
      ['c', 'token-c'],
    ]);
    expect(await store.alertsOf(['other'])).toEqual([]);
  });

  describe('sending', () => {
    it('gives each to one taker, and again when that one let the time run out', async () => {
      await store.addAlerts([alert('a'), alert('b', { createdAt: T0 + 10 * MINUTE })]);
      const second = await place.open();
      const taken = await Promise.all([store, second].map((one) => one.takeAlerts(T0, MINUTE, 10)));
      expect(taken.flat()).toMatchObject([{ id: 'a', attempts: 1, state: 'waiting' }]);
      expect(await store.takeAlerts(T0 + MINUTE - 1, MINUTE, 10)).toEqual([]);
      expect(await store.takeAlerts(T0 + MINUTE, MINUTE, 10)).toMatchObject([{ id: 'a', attempts: 2 }]);
    });

    it('ends when it is sent or given up, and goes on when it failed', async () => {
      await store.addAlerts([alert('a'), alert('b'), alert('c')]);
      await store.takeAlerts(T0, MINUTE, 10);
      await store.settleAlert('a', { sentAt: T0 + 5 });
      await store.settleAlert('b', { error: 'refused', again: T0 + 10 });
      await store.settleAlert('c', { error: 'gone' });
      expect(await store.alertsOf(['m'])).toMatchObject([
        { id: 'a', state: 'sent', sentAt: T0 + 5 },
        { id: 'b', state: 'waiting', notBefore: T0 + 10, error: 'refused' },
        { id: 'c', state: 'given-up', error: 'gone' },
      ]);
      expect((await store.takeAlerts(T0 + 60 * MINUTE, MINUTE, 10)).map(({ id }) => id)).toEqual(['b']);
    });
  });

  it('is acknowledged once, for one target or for all, with an event in the log', async () => {
    const id = await mentionIn(store, 'drafted');
    await store.addAlerts([alert('a', { subject: id }), alert('b', { subject: id, target: 'legal' })]);
    expect(await store.acknowledge(id, 'team', event('alert-acknowledged', id, { at: T0 + 1 }))).toBe(true);
    expect(await store.acknowledge(id, 'team', event('alert-acknowledged', id))).toBe(false);
    expect(await store.alertByToken('token-a')).toMatchObject({ acknowledgedAt: T0 + 1, acknowledgedBy: 'mia' });
    expect((await store.alertByToken('token-b'))?.acknowledgedBy).toBeUndefined();
    expect(await store.acknowledge(id, undefined, event('alert-acknowledged', id))).toBe(true);
    expect(await store.alertByToken('nothing')).toBeUndefined();
    const { history } = (await store.find(id)) ?? { history: [] };
    expect(history.filter(({ action }) => action === 'alert-acknowledged')).toHaveLength(2);
  });

  it('is told to whoever watches the mention', async () => {
    const id = await mentionIn(store, 'drafted');
    const told = new Promise((resolve) => store.watch(resolve));
    await store.addAlerts([alert('a', { subject: id })]);
    expect(await told).toEqual({ mentions: [id], sources: false });
  });
}
