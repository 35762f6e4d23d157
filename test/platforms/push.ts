import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { rootCertificates, setDefaultCACertificates } from 'node:tls';
import { selfSigned } from './certificate.ts';

/** A message as its browser reads it. */
export interface Pushed {
  /** What the browser decrypted. */
  message: Record<string, unknown>;
  headers: Record<string, string | string[] | undefined>;
  /** What the sender claims of itself, once the signature was found good. */
  claims: { aud: string; exp: number; sub: string };
  /** Bytes of the body as it came. */
  size: number;
}

/** One browser with a subscription. */
export interface SubscribedBrowser {
  /** What `PushSubscription.toJSON()` gives. */
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  received: Pushed[];
  /** From now on the service answers so for this browser. */
  answer(status: number): void;
}

export interface PushService {
  port: number;
  /** A browser that lets whoever holds the key to `applicationKey` send to it, and nobody else. */
  subscribe(applicationKey: string): SubscribedBrowser;
  close(): Promise<void>;
}

interface Known extends SubscribedBrowser {
  applicationKey: string;
  keys: ECDH;
  auth: Buffer;
  status: number;
}

/**
 * A push service on this computer, and the browsers that are subscribed with it. It takes what RFC 8030 says, refuses who
 * does not sign as RFC 8292 says, and its browsers read what RFC 8291 encrypts, written from those texts. This process
 * trusts its certificate until it is closed.
 */
export async function openPushService(): Promise<PushService> {
  const browsers = new Map<string, Known>();
  const certificate = selfSigned('127.0.0.1');
  setDefaultCACertificates([...rootCertificates, certificate.cert]);
  const server = createServer(certificate, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const browser = browsers.get(request.url ?? '');
      if (request.method !== 'POST' || !browser) return response.writeHead(404).end();
      const { status, received } = browser;
      if (status !== 201) return response.writeHead(status).end();
      const body = Buffer.concat(chunks);
      const claims = claimsIn(String(request.headers.authorization), browser.applicationKey);
      if (!claims || !('ttl' in request.headers)) return response.writeHead(claims ? 400 : 403).end();
      received.push({
        message: JSON.parse(decrypt(browser, body)),
        headers: request.headers,
        claims,
        size: body.length,
      });
      response.writeHead(201).end();
    });
  });
  const port = await listen(server);
  return {
    port,
    subscribe(applicationKey) {
      const path = `/push/${randomBytes(16).toString('base64url')}`;
      const keys = createECDH('prime256v1');
      const auth = randomBytes(16);
      const browser: Known = {
        ...{ applicationKey, keys, auth, status: 201, received: [] },
        subscription: {
          endpoint: `https://127.0.0.1:${port}${path}`,
          keys: { p256dh: keys.generateKeys('base64url'), auth: auth.toString('base64url') },
        },
        answer(status) {
          browser.status = status;
        },
      };
      browsers.set(path, browser);
      return browser;
    },
    close: () =>
      new Promise((resolve) => {
        setDefaultCACertificates([...rootCertificates]);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

/** The claims of a VAPID header, when they are signed with the key that the browser was told of. */
function claimsIn(authorization: string, applicationKey: string): Pushed['claims'] | undefined {
  const [, head, body, signature, key] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  if (!head || !body || !signature || key !== applicationKey) return undefined;
  if (JSON.parse(String(Buffer.from(head, 'base64url'))).alg !== 'ES256') return undefined;
  const point = Buffer.from(key, 'base64url');
  const half = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: half(1), y: half(33) }, format: 'jwk' });
  const good = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return good ? JSON.parse(String(Buffer.from(body, 'base64url'))) : undefined;
}

/** RFC 8291, sections 3.3 and 3.4, over the one record of RFC 8188. @throws Error where anything was changed on the way */
function decrypt({ keys, auth }: Known, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  if (record.length > body.readUInt32BE(16)) throw new Error('There is more than one record.');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey]);
  const secret = Buffer.from(hkdfSync('sha256', keys.computeSecret(senderKey), auth, info, 32));
  const derive = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${what}\0`), bytes));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('The padding is not right.');
  return padded.subarray(0, end).toString('utf8');
}
