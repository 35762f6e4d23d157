import { generateKeyPairSync } from 'node:crypto';
import { buildPushPayload } from '@block65/webcrypto-web-push';
import type { Http, Keeping } from '#kit';
import type { DeviceMessage } from '../alerts/index.ts';
import type { Device } from '../core/devices.ts';
import type { Settings } from '../settings.ts';

/** The name under which the keys are kept beside the secrets that connectors keep: in no backup of the records. */
const SCOPE = 'earshot:push';
const NAME = 'keys';
const TIMEOUT_MS = 15_000;
/** What push services grant at most; what waits longer is old news. */
const KEPT_SECONDS = 12 * 3_600;

/** Sends messages to the browsers of people, encrypted for each (RFC 8291) and signed by us (RFC 8292). */
export interface Push {
  /** What browsers must know before they let us send, base64url. Made once. */
  publicKey(): Promise<string>;
  /**
   * `gone`: the push service knows the device no more.
   *
   * @throws Error in a sentence when it could not be sent. It names the push service, never the device's own address.
   */
  send(
    device: Pick<Device, 'endpoint' | 'p256dh' | 'auth'>,
    message: DeviceMessage,
    signal?: AbortSignal,
  ): Promise<'sent' | 'gone'>;
}

interface Keys {
  publicKey: string;
  privateKey: string;
}

export function openPush({ http, keeping, settings }: { http: Http; keeping: Keeping; settings: Settings }): Push {
  const keys = keysIn(keeping);
  const origin = settings.variables.EARSHOT_ORIGIN ?? '';
  // Push services write there when something is wrong with what we send. Without a public address there is nobody to write to.
  const subject = origin.startsWith('https:') ? origin : 'mailto:earshot@example.com';
  return {
    publicKey: async () => (await keys()).publicKey,
    async send({ endpoint, p256dh, auth }, message, signal = new AbortController().signal) {
      const subscription = { endpoint, expirationTime: null, keys: { p256dh, auth } };
      const options = { ttl: KEPT_SECONDS, urgency: 'high' as const, topic: message.tag };
      const built = await buildPushPayload({ data: { ...message }, options }, subscription, {
        subject,
        ...(await keys()),
      });
      // The guarded client sets the length itself.
      const { 'content-length': _, ...headers } = built.headers;
      const { status } = await http.request({
        ...{ url: endpoint, method: 'POST', headers, body: built.body },
        ...{ signal, timeoutMs: TIMEOUT_MS, maxBytes: 64_000 },
      });
      if (status === 404 || status === 410) return 'gone';
      if (status >= 200 && status < 300) return 'sent';
      throw new Error(`The push service ${new URL(endpoint).host} answered ${status}.`);
    },
  };
}

/** The same keys for good: with others, no browser that has let us send would hear us any more. */
function keysIn(keeping: Keeping): () => Promise<Keys> {
  let made: Promise<Keys> | undefined;
  const open = async () =>
    JSON.parse(await keeping(SCOPE).update(NAME, (kept) => kept ?? JSON.stringify(newKeys()))) as Keys;
  return () => {
    made ??= open().catch((thrown) => {
      made = undefined;
      throw thrown;
    });
    return made;
  };
}

function newKeys(): Keys {
  const {
    x = '',
    y = '',
    d = '',
  } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { publicKey: point.toString('base64url'), privateKey: d };
}
