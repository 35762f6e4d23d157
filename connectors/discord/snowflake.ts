import { type Instant, z } from '#kit';

/**
 * Discord's ids: 64-bit numbers written as text, whose upper 42 bits are milliseconds since 2015. Larger than JavaScript's
 * numbers, so they are compared as BigInt and never as text or number.
 * https://docs.discord.com/developers/reference#snowflakes
 */
export const Snowflake = z.string().regex(/^\d{1,20}$/);

const EPOCH_MS = 1_420_070_400_000;

/** The smallest id of that moment. It need not exist: Discord takes any number as an anchor. */
export function snowflakeAt(instant: Instant): string {
  return String(BigInt(Math.max(0, Math.floor(instant) - EPOCH_MS)) << 22n);
}

export function instantOf(id: string): Instant {
  return Number(BigInt(id) >> 22n) + EPOCH_MS;
}

export function isLater(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}

export function later(one: string, other: string): string {
  return isLater(one, other) ? one : other;
}

/** The id of a moment some milliseconds before this one. */
export function before(id: string, ms: number): string {
  return snowflakeAt(instantOf(id) - ms);
}
