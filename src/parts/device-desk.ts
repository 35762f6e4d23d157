import { tryMessage } from '../alerts/index.ts';
import type { Device } from '../core/devices.ts';
import { Refused } from '../core/failures.ts';
import { shortHash } from '../core/ids.ts';
import type { Clock, Store } from '../core/ports.ts';
import type { DeviceDesk } from '../surfaces/web/server/index.ts';
import type { Push } from './push.ts';

type SignedInPerson = Parameters<DeviceDesk['list']>[0];

/** More than anybody carries. Each is a place that we send to. */
const MOST = 10;

interface Needed {
  store: Store;
  clock: Clock;
  push: Push;
}

export function openDeviceDesk({ store, clock, push }: Needed): DeviceDesk {
  const list: DeviceDesk['list'] = async ({ id: session, person }) => {
    const mine = await store.devices(clock.now(), person.id);
    return {
      key: await push.publicKey(),
      devices: mine.map(({ id, agent, at, kinds, quiet, lang, sessionId }) => ({
        ...{ id, agent, at, kinds: [...kinds], quiet, lang },
        here: sessionId === session,
      })),
    };
  };
  const event = ({ person }: SignedInPerson, action: string, detail: Record<string, unknown> = {}) => ({
    ...{ at: clock.now(), actor: person.name, action, subject: 'people', detail },
  });
  const mine = async (id: string, { person }: SignedInPerson): Promise<Device> => {
    const found = (await store.devices(clock.now(), person.id)).find((device) => device.id === id);
    if (found) return found;
    throw gone();
  };
  const tryOut = async (device: Device): Promise<'sent' | 'gone'> => {
    try {
      return await push.send(device, tryMessage(device));
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Refused('not-reached', `The notification service of this browser could not be reached. ${why}`);
    }
  };
  return {
    list,
    async add({ endpoint, keys, ...wish }, agent, me) {
      const device: Device = {
        ...{ id: shortHash(endpoint), personId: me.person.id, sessionId: me.id },
        ...{ endpoint, ...keys, ...wish, agent, at: clock.now() },
      };
      const others = (await store.devices(clock.now(), me.person.id)).filter(({ id }) => id !== device.id);
      if (others.length >= MOST)
        throw new Refused('too-many-devices', `You are told on ${MOST} devices already. Take one away first.`);
      // Sent before it is kept: what cannot be reached is not on the list.
      if ((await tryOut(device)) === 'gone') throw gone();
      await store.saveDevice(device, event(me, 'device-added', { kinds: [...wish.kinds] }));
      return list(me);
    },
    async change(id, wish, me) {
      const device = await mine(id, me);
      await store.saveDevice({ ...device, ...wish }, event(me, 'device-changed', { kinds: [...wish.kinds] }));
      return list(me);
    },
    async test(id, me) {
      const device = await mine(id, me);
      if ((await tryOut(device)) === 'sent') return list(me);
      await store.removeDevice(id, event(me, 'device-removed', { why: 'gone' }));
      throw gone();
    },
    async remove(id, me) {
      await mine(id, me);
      await store.removeDevice(id, event(me, 'device-removed'));
      return list(me);
    },
  };
}

const gone = () =>
  new Refused('unknown-device', 'Notifications do not reach this device any more. Turn them on there again.');
