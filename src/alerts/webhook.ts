import { createHmac } from 'node:crypto';
import type { AlertMessage } from './message.ts';

/**
 * A signed webhook, as https://www.standardwebhooks.com has it: receivers check it with any of its libraries, or by hand as
 * README.md says.
 */
export interface SignedRequest {
  headers: Record<string, string>;
  body: string;
}

/** @param secret `whsec_` and base64, or any other text as it stands */
export function signed(message: AlertMessage, secret: string, at: number): SignedRequest {
  const body = JSON.stringify({
    type: `earshot.alert.${message.kind}`,
    timestamp: new Date(at).toISOString(),
    data: message,
  });
  const seconds = String(Math.floor(at / 1000));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signature(secret, message.id, seconds, body)}`,
    },
  };
}

/** HMAC-SHA256 over id, time and the raw body, in base64. */
export function signature(secret: string, id: string, seconds: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
}
