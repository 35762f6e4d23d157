import type { Clock, Counts, Store } from '../../../core/ports.ts';

/**
 * The counts of the views, counted once per change and not once per open page: with 100,000 mentions one count takes about
 * as long as ten pages of the queue, and after every change everybody asks.
 */
export class CountsCache {
  readonly #store: Store;
  readonly #clock: Clock;
  #counting: Promise<Counts> | undefined;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  get(): Promise<Counts> {
    if (this.#counting) return this.#counting;
    const counting = this.#store.counts(this.#clock.now());
    this.#counting = counting;
    // A failure is not kept: the next who asks tries again.
    counting.catch(() => {
      if (this.#counting === counting) this.#counting = undefined;
    });
    return counting;
  }

  /** Something was committed: whoever asks from now on gets a new count, also while an older one is still on its way. */
  outdated(): void {
    this.#counting = undefined;
  }
}
