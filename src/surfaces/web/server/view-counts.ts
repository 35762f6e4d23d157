import type { Clock, QueueQuery, Store } from '../../../core/ports.ts';

/** Beyond this nobody needs the exact number. */
const MOST = 1_000;
/** A count is used for this long, however much changes meanwhile: 20 mentions a second are no reason to count 20 times. */
const FRESH_MS = 2_000;
/** So many different lists are remembered. */
const KEPT = 500;

type Counted = Omit<QueueQuery, 'limit' | 'after' | 'order'>;

interface Entry {
  change: number;
  at: number;
  counting: Promise<number>;
}

/** How many mentions saved views hold. Views that ask for the same are counted once, whoever asks. */
export class ViewCounter {
  readonly #store: Pick<Store, 'countUpTo'>;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  #change = 0;

  constructor(store: Pick<Store, 'countUpTo'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Something was committed: what is older than a moment is counted anew. */
  outdated(): void {
    this.#change += 1;
  }

  async count(query: Counted): Promise<{ count: number; more: boolean }> {
    const key = JSON.stringify(query);
    const now = this.#clock.now();
    const known = this.#entries.get(key);
    const entry =
      known && (known.change === this.#change || now - known.at < FRESH_MS) ? known : this.#ask(key, query, now);
    const count = await entry.counting;
    return { count, more: count >= MOST };
  }

  #ask(key: string, query: Counted, at: number): Entry {
    if (this.#entries.size >= KEPT) this.#entries.clear();
    const entry: Entry = { change: this.#change, at, counting: this.#store.countUpTo(query, MOST) };
    this.#entries.set(key, entry);
    // A failure is not kept: the next who asks tries again.
    entry.counting.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return entry;
  }
}
