import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, fit for an address and a header. */
export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a key: it opens nothing. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** A name for a record of ours, not a secret. */
export function newId(): string {
  return randomBytes(9).toString('base64url');
}
