import type { Store } from '../core/ports.ts';

/** Where it is kept how far the log was read. */
const SCOPE = 'earshot:alerts';
const NAME = 'assigned-seen';
const PAGE = 1_000;
/** Read again after a restart at most: whoever was told is not told twice. */
const SAVE_AFTER = 5_000;

/** A colleague gave a mention to somebody. */
export interface Given {
  seq: number;
  at: number;
  mentionId: string;
  by: string;
  to: string;
}

/** Who was given what since the last look, as the log has it. What was read counts as told only after `told`. */
export class AssignedLog {
  readonly #store: Pick<Store, 'audit' | 'kept'>;
  #seen: number | undefined;
  #saved: string | undefined;

  constructor(store: Pick<Store, 'audit' | 'kept'>) {
    this.#store = store;
  }

  async news(): Promise<{ given: Given[]; to: number }> {
    if (this.#seen === undefined) {
      this.#saved = await this.#store.kept.read(SCOPE, NAME);
      this.#seen = Number(this.#saved ?? 0);
    }
    const given: Given[] = [];
    let to = this.#seen;
    for (;;) {
      const events = await this.#store.audit(to, PAGE);
      for (const { seq, at, actor: by, action, subject: mentionId, detail } of events)
        if (action === 'assigned' && typeof detail.to === 'string')
          given.push({ seq, at, mentionId, by, to: detail.to });
      to = events.at(-1)?.seq ?? to;
      if (events.length < PAGE) return { given, to };
    }
  }

  /** Written down only where somebody was told of something, or much was read: the log grows with every decision. */
  async told({ given, to }: { given: readonly Given[]; to: number }): Promise<void> {
    this.#seen = to;
    if (given.length === 0 && to - Number(this.#saved ?? 0) < SAVE_AFTER) return;
    // False when another process read as far: its word is as good.
    if (await this.#store.kept.replace(SCOPE, NAME, this.#saved, String(to))) this.#saved = String(to);
    else this.#saved = await this.#store.kept.read(SCOPE, NAME);
  }
}
