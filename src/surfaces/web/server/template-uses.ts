import type { Clock, Store, TemplateUse } from '../../../core/ports.ts';

/** People decide some hundred times a day: a minute changes no order. */
const FRESH_MS = 60_000;

/** How people took to each template, counted now and then: every mention that is opened asks for it. */
export class TemplateUses {
  readonly #store: Pick<Store, 'templateUse'>;
  readonly #clock: Clock;
  #held: Promise<TemplateUse[]> | undefined;
  #until = 0;

  constructor(store: Pick<Store, 'templateUse'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** At most a minute old, or a little older while it is counted again. */
  get(): Promise<TemplateUse[]> {
    const now = this.#clock.now();
    if (this.#held && now < this.#until) return this.#held;
    this.#until = now + FRESH_MS;
    const counting = this.#store.templateUse();
    // Nobody waits for a new count while there is an old one.
    const before = this.#held;
    this.#held = before ?? counting;
    counting.then(
      () => {
        this.#held = counting;
      },
      () => {
        this.#held = before;
        this.#until = 0;
      },
    );
    return this.#held;
  }
}
