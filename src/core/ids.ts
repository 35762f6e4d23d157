import { createHash } from 'node:crypto';
import type { MentionId } from './nouns.ts';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** The id of the mention that a connector knows as `nativeId`: 80 bits of SHA-256 in Crockford base 32. */
export function mentionId(connector: string, nativeId: string): MentionId {
  return shortHash(`${connector}\0${nativeId}`);
}

/** 80 bits of SHA-256 in Crockford base 32: 16 characters that are the same for the same text everywhere. */
export function shortHash(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let id = '';
  for (let shift = 75n; shift >= 0n; shift -= 5n) id += CROCKFORD[Number((bits >> shift) & 31n)];
  return id;
}

/** The key of one revision of one draft: what makes a second send recognisable. */
export function draftKey(id: MentionId, revision: number): string {
  return `${id}.r${revision}`;
}
