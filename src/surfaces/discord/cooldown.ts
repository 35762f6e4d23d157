import type { Clock } from '../../core/ports.ts';

/** More members than this are never remembered at once: whoever waits longest is forgotten. */
const MEMBERS_MAX = 10_000;

/** At most `count` times in any `perMs` for each member. */
export class Cooldown {
  readonly #count: number;
  readonly #perMs: number;
  readonly #clock: Clock;
  readonly #used = new Map<string, number[]>();

  constructor({ count, perMs }: { count: number; perMs: number }, clock: Clock) {
    this.#count = count;
    this.#perMs = perMs;
    this.#clock = clock;
  }

  /** 0 when the member may, and it counts; else how long they have to wait, in milliseconds. */
  take(member: string): number {
    const now = this.#clock.now();
    const recent = (this.#used.get(member) ?? []).filter((at) => at > now - this.#perMs);
    const oldest = recent[0];
    if (recent.length >= this.#count && oldest !== undefined) return oldest + this.#perMs - now;
    this.#used.delete(member);
    this.#used.set(member, [...recent, now]);
    const first = this.#used.keys().next().value;
    if (this.#used.size > MEMBERS_MAX && first !== undefined) this.#used.delete(first);
    return 0;
  }
}
