import type { Devices, DeviceWish } from '../../device-api.ts';
import { api } from '../api-client.ts';
import type { PageLanguage } from '../i18n/index.tsx';

/** Whose wish it is, what they wish for, and the address at the push service that the server was told. */
interface Kept {
  who: string;
  wish: DeviceWish;
  endpoint: string;
}

const KEPT_AS = 'earshot.push';

function kept(): Kept | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What somebody begins with: everything, at any time, by the clock of this device. */
export function firstWish(lang: PageLanguage): DeviceWish {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return { kinds: ['urgent', 'assigned', 'regulated'], lang, quiet: { timeZone, urgentAtOnce: true } };
}

/**
 * Lets Earshot send to this browser while it is closed.
 *
 * @throws ApiFailure with a sentence when the server could not reach the push service; what the browser throws when it knows none
 */
export async function subscribeHere(who: string, wish: DeviceWish): Promise<Devices> {
  const registration = await navigator.serviceWorker.ready;
  const { key } = await api.devices();
  const asked = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  const subscription = await registration.pushManager.subscribe(asked).catch(async (thrown: unknown) => {
    // Made for another key, such as that of an Earshot that was here before.
    const other = await registration.pushManager.getSubscription();
    if (!(await other?.unsubscribe())) throw thrown;
    return registration.pushManager.subscribe(asked);
  });
  return tellServer(subscription, who, wish);
}

async function tellServer(subscription: PushSubscription, who: string, wish: DeviceWish): Promise<Devices> {
  const { endpoint, keys = {} } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys;
  const devices = await api.addDevice({ ...wish, endpoint: endpoint ?? '', keys: { p256dh, auth } });
  keepWish(who, wish, subscription.endpoint);
  return devices;
}

export function keepWish(who: string, wish: DeviceWish, endpoint = kept()?.endpoint ?? ''): void {
  localStorage.setItem(KEPT_AS, JSON.stringify({ who, wish, endpoint } satisfies Kept));
}

/** The browser takes no more messages; what the server knows of it goes, too. */
export async function unsubscribeHere(id: string | undefined): Promise<void> {
  localStorage.removeItem(KEPT_AS);
  const registration = await navigator.serviceWorker.ready;
  await (await registration.pushManager?.getSubscription())?.unsubscribe();
  if (id !== undefined) await api.removeDevice(id);
}

/**
 * Told again where the server does not know this browser any more: after a new sign-in, or when its push service gave it
 * another address. Never for somebody else who signs in here.
 */
export async function keepSubscribed(who: string): Promise<void> {
  const before = kept();
  if (before?.who !== who || !('serviceWorker' in navigator) || Notification.permission !== 'granted') return;
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.getSubscription();
  if (!subscription) return void (await subscribeHere(who, before.wish));
  const { devices } = await api.devices();
  if (subscription.endpoint === before.endpoint && devices.some(({ here }) => here)) return;
  await tellServer(subscription, who, before.wish);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
