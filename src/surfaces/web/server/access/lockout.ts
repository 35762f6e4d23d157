import type { AccessStore } from '../../../../core/access.ts';
import { CallRefused } from '../../../../core/failures.ts';
import type { Clock } from '../../../../core/ports.ts';
import { foldedName } from '../../../../core/rights.ts';

const MINUTE = 60_000;
const LONGEST = 15 * MINUTE;

/** From one address soon, so that guessing is slow; from everywhere late, so that strangers lock nobody out for fun. */
const LIMITS = { here: 5, anywhere: 40 };

/** After some failures each further try has to wait, longer each time. Kept in the store: shared by all machines. */
export class Lockout {
  readonly #store: AccessStore;
  readonly #clock: Clock;

  constructor(store: AccessStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** @throws CallRefused `locked`, with the time to wait. */
  async mustBeOpen(name: string, address: string): Promise<void> {
    const now = this.#clock.now();
    const tries = await Promise.all(subjects(name, address).map(({ subject }) => this.#store.tries(subject)));
    const until = Math.max(...tries.map((one) => one.until));
    if (until <= now) return;
    const minutes = Math.ceil((until - now) / MINUTE);
    throw new CallRefused(
      429,
      'locked',
      `Too many tries with this name. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again. An admin can send you a new link.`,
    );
  }

  async failed(name: string, address: string): Promise<void> {
    const now = this.#clock.now();
    for (const { subject, limit } of subjects(name, address)) {
      const before = await this.#store.tries(subject);
      // What lies long enough back is forgotten.
      const failures = before.until > 0 && before.until < now - LONGEST ? 1 : before.failures + 1;
      const wait = failures < limit ? 0 : Math.min(LONGEST, MINUTE * 2 ** Math.min(failures - limit, 10));
      await this.#store.saveTries(subject, { failures, until: now + wait });
    }
  }

  async succeeded(name: string, address: string): Promise<void> {
    for (const { subject } of subjects(name, address)) await this.#store.saveTries(subject, undefined);
  }
}

function subjects(name: string, address: string) {
  const folded = foldedName(name).slice(0, 60);
  return [
    { subject: `${folded}|${address}`, limit: LIMITS.here },
    { subject: folded, limit: LIMITS.anywhere },
  ];
}
