import { createHash } from 'node:crypto';
import { bech32, bech32m, createBase58check } from '@scure/base';
import type { Finder } from './finder.ts';

const base58check = createBase58check((data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest()));

/** A version, the hash of a key or script, and a checksum over both: Bitcoin, Litecoin, Dogecoin, TRON and their like. */
function isBase58(found: string): boolean {
  try {
    const { length } = base58check.decode(found);
    return length === 21 || length === 33 || length === 34;
  } catch {
    return false;
  }
}

const MOST_BECH32 = 120;

function isBech32(found: string): boolean {
  const text = found.toLowerCase() as `${string}1${string}`;
  return bech32.decodeUnsafe(text, MOST_BECH32) !== undefined || bech32m.decodeUnsafe(text, MOST_BECH32) !== undefined;
}

/** Addresses of wallets, and private keys in their usual form, with their checksum where they have one. */
export const WALLETS: readonly Finder[] = [
  { kind: 'wallet-address', pattern: /(?<![0-9A-Za-z])0x[0-9a-fA-F]{40}(?![0-9A-Za-z])/dg, needs: /0x/ },
  {
    kind: 'wallet-address',
    pattern: /(?<![0-9A-Za-z])(?:bc|tb|ltc|addr)1[02-9ac-hj-np-z]{11,110}(?![0-9A-Za-z])/dgi,
    needs: /(?:bc|tb|ltc|addr)1/i,
    accept: isBech32,
  },
  {
    kind: 'wallet-address',
    pattern: /(?<![0-9A-Za-z])[1-9A-HJ-NP-Za-km-z]{26,52}(?![0-9A-Za-z])/dg,
    accept: (found) => /[a-z]/.test(found) && /[A-Z]/.test(found) && isBase58(found),
  },
];
