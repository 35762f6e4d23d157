import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Device } from '../../../src/core/devices.ts';
import type { Store } from '../../../src/core/ports.ts';
import { type EngineUnderTest, event, fresh, MINUTE, T0 } from './support.ts';

/** Where people are told while the inbox is closed. */
export function devices(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
    for (const name of ['mei', 'jun']) {
      await store.access.savePerson(person(name), event('person-added', name));
      await signIn(name);
    }
  });
  afterEach(() => place.done());

  const person = (name: string, disabled = false) => ({
    ...{ id: name, name, role: 'admin' as const, hasPassword: false, disabled, since: T0 },
  });
  const signIn = (personId: string, id = `session-${personId}`) => {
    const session = { id, personId, at: T0, usedAt: T0, until: T0 + 60 * MINUTE, agent: 'A browser' };
    return store.access.beginSession(session, `hash-${id}`, event('signed-in', personId));
  };
  const device = (id: string, over: Partial<Device> = {}): Device => ({
    ...{ id, personId: 'mei', sessionId: 'session-mei', endpoint: `https://push.example/${id}` },
    ...{ p256dh: 'public', auth: 'secret', kinds: ['urgent', 'assigned'], lang: 'zh-Hant', agent: 'A phone', at: T0 },
    quiet: { timeZone: 'Asia/Shanghai', quietHours: { from: '22:00', to: '08:00' }, urgentAtOnce: true },
    ...over,
  });
  const save = (one: Device, at = T0) => store.saveDevice(one, event('device-added', 'people', { at }));
  const ids = async (now = T0, personId?: string) => (await store.devices(now, personId)).map(({ id }) => id);

  it('are kept as they are, oldest first, of one person or of all', async () => {
    await save(device('b', { at: T0 + 1 }));
    await save(device('a', { at: T0 + 2, personId: 'jun', sessionId: 'session-jun' }));
    await save(device('c'));
    expect(await ids()).toEqual(['c', 'b', 'a']);
    expect(await ids(T0, 'jun')).toEqual(['a']);
    expect(await store.devices(T0, 'mei')).toEqual([device('c'), device('b', { at: T0 + 1 })]);
    await save(device('c', { kinds: ['regulated'], lang: 'en' }));
    expect(await store.devices(T0, 'mei')).toMatchObject([{ id: 'c', kinds: ['regulated'], lang: 'en' }, { id: 'b' }]);
  });

  it('are told for as long as they are signed in, and their person may be', async () => {
    await save(device('a'));
    await save(device('b', { personId: 'jun', sessionId: 'session-jun' }));
    expect(await ids(T0 + 59 * MINUTE)).toEqual(['a', 'b']);
    expect(await ids(T0 + 60 * MINUTE)).toEqual([]);
    await store.access.savePerson(person('jun', true), event('person-changed', 'jun'));
    expect(await ids()).toEqual(['a']);
    await store.access.endSessions({ id: 'session-mei' }, event('signed-out', 'mei'));
    expect(await ids()).toEqual([]);
  });

  it('leave nothing behind once they are signed out and another comes', async () => {
    await save(device('left-behind'));
    await store.access.endSessions({ personId: 'mei' }, event('signed-out', 'mei'));
    expect(await place.store.devices(T0)).toEqual([]);
    await save(device('b', { personId: 'jun', sessionId: 'session-jun' }));
    // The same sign-in again would bring it back, were it still there.
    await signIn('mei');
    expect(await ids()).toEqual(['b']);
  });

  it('are added and removed with an event each, and removed once', async () => {
    await save(device('a'));
    expect(await store.removeDevice('a', event('device-removed', 'people'))).toBe(true);
    expect(await store.removeDevice('a', event('device-removed', 'people'))).toBe(false);
    expect(await ids()).toEqual([]);
    const actions = (await store.audit(0, 99)).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('device-'))).toEqual(['device-added', 'device-removed']);
  });
}
