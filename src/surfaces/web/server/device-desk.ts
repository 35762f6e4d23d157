import type { Person } from '../../../core/access.ts';
import type { Devices, DeviceWish, NewDevice } from '../device-api.ts';

/** Whoever asks, and by which sign-in. */
export interface SignedInPerson {
  /** Of the session. */
  id: string;
  person: Pick<Person, 'id' | 'name'>;
}

/**
 * Where people are told while the inbox is closed. Each answer is the whole list. What is about one device throws Refused
 * `unknown-device` where it is not there, or is somebody else's.
 */
export interface DeviceDesk {
  list(me: SignedInPerson): Promise<Devices>;
  /** @throws Refused `too-many-devices`; `not-reached` when its push service did not take the first message */
  add(device: NewDevice, agent: string, me: SignedInPerson): Promise<Devices>;
  change(id: string, wish: DeviceWish, me: SignedInPerson): Promise<Devices>;
  /** @throws Refused `not-reached`; `unknown-device` also when its push service knows it no more: it is taken away then */
  test(id: string, me: SignedInPerson): Promise<Devices>;
  remove(id: string, me: SignedInPerson): Promise<Devices>;
}
