import { sign } from '../core/webhook-signature.ts';
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
  return { body, headers: { 'content-type': 'application/json', ...sign(secret, message.id, at, body) } };
}
