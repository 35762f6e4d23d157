/** Signed webhooks in both directions, as https://www.standardwebhooks.com has it: what we send and what we take. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from './nouns.ts';

/** How far a sender's clock and ours may be apart, and how long a call can be sent again by whoever caught it. */
export const TOLERANCE_MS = 5 * 60_000;

/** The headers that sign a body. */
export interface SignedHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/** @param secret `whsec_` and base64, or any other text as it stands */
export function sign(secret: string, id: string, at: Instant, body: string | Uint8Array): SignedHeaders {
  const seconds = String(Math.floor(at / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature(secret, id, seconds, body)}`,
  };
}

/** HMAC-SHA256 over id, time and the raw body, in base64. */
export function signature(secret: string, id: string, seconds: string, body: string | Uint8Array): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64');
}

/** Compared in a time that tells nothing about where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** True when one of the signatures of the header (they stand with blanks between them) is by one of the secrets. */
export function isSignedBy(secrets: readonly string[], headers: SignedHeaders, body: string | Uint8Array): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': seconds } = headers;
  const given = headers['webhook-signature'].split(' ').slice(0, 10);
  let found = false;
  for (const secret of secrets.filter(Boolean)) {
    const ours = `v1,${signature(secret, id, seconds, body)}`;
    for (const one of given) if (sameText(one, ours)) found = true;
  }
  return found;
}
