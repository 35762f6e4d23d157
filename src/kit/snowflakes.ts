import type { Instant } from '../core/nouns.ts';

/**
 * Ids that begin with their time, as X and Discord make them: 42 bits of milliseconds since the platform's own first
 * moment, then 22 bits of machine and count. Larger than JavaScript's numbers, so they are texts, and compared as BigInt.
 */
export function snowflakesSince(epochMs: number) {
  return {
    /** The lowest id that a message of this moment can have; that of the first moment for any before it. */
    at: (time: Instant): string => String(BigInt(Math.max(0, Math.floor(time) - epochMs)) << 22n),
    timeOf: (id: string): Instant => Number(BigInt(id) >> 22n) + epochMs,
  };
}

/** By their numbers: the shorter id is the older one, whatever it begins with. */
export function isLater(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}

export function later(one: string, other: string): string {
  return isLater(one, other) ? one : other;
}
