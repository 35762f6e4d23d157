import type { Instant } from '#kit';

/** Since November 2010 ids of X begin with their time: milliseconds since this moment, then 22 bits of machine and count. */
const EPOCH = 1_288_834_974_657n;

/** The lowest id that a post of this moment can have, or undefined for a time before there were such ids. */
export function idAt(time: Instant): string | undefined {
  const since = BigInt(Math.floor(time)) - EPOCH;
  return since > 0n ? String(since << 22n) : undefined;
}

/** When a post was made, by its id. */
export function timeOf(id: string): Instant {
  return Number((BigInt(id) >> 22n) + EPOCH);
}

/** Ids are texts of different lengths, larger than JavaScript's numbers. */
export function isNewer(id: string, than: string | undefined): boolean {
  return than === undefined || BigInt(id) > BigInt(than);
}
