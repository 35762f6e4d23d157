import type { Clock } from '../core/ports.ts';

const MINUTE_MS = 60_000;
/** Addresses that are remembered at once: more callers than that are counted together as strangers. */
const MOST = 10_000;

/** How often something may happen in a minute, for each name of many. Forgets whoever rests. */
export class PerMinute {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { since: number; count: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one more. Gives how many seconds to wait where it is one too many. */
  count(name: string, most: number): number | undefined {
    const now = this.#clock.now();
    const key = this.#seen.has(name) || this.#seen.size < MOST ? name : 'strangers';
    const known = this.#seen.get(key);
    if (!known || now - known.since >= MINUTE_MS || now < known.since) {
      if (this.#seen.size >= MOST) this.#forget(now);
      this.#seen.set(key, { since: now, count: 1 });
      return undefined;
    }
    known.count++;
    return known.count > most ? Math.ceil((known.since + MINUTE_MS - now) / 1000) : undefined;
  }

  #forget(now: number): void {
    for (const [name, { since }] of this.#seen) if (now - since >= MINUTE_MS) this.#seen.delete(name);
  }
}
