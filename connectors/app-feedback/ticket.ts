import { createHmac, randomBytes } from 'node:crypto';
import { type Instant, sameText } from '#kit';

/** Nobody writes and sends faster than this. */
const QUICKEST_MS = 2_000;
/** A page that was open for longer has to be sent again. */
const OLDEST_MS = 12 * 3_600_000;

/** A page of the form, recognised when it is sent: made by us, not long ago, and good for one message. */
export function makeTicket(secret: string, now: Instant): string {
  const made = `${now.toString(36)}.${randomBytes(9).toString('base64url')}`;
  return `${made}.${sealOf(secret, made)}`;
}

/** @returns the message's id, or what is wrong */
export function readTicket(secret: string, ticket: string, now: Instant): { id: string } | 'tooQuick' | 'outdated' {
  const [at = '', random = '', seal = ''] = ticket.slice(0, 200).split('.');
  if (!sameText(seal, sealOf(secret, `${at}.${random}`))) return 'outdated';
  const age = now - Number.parseInt(at, 36);
  if (age < QUICKEST_MS) return 'tooQuick';
  return age <= OLDEST_MS ? { id: `form-${random}` } : 'outdated';
}

const sealOf = (secret: string, text: string) =>
  createHmac('sha256', secret).update(`form ${text}`).digest('base64url');
