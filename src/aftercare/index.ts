import type { Clock, Store } from '../core/ports.ts';
import { readFollowUp } from './reading.ts';

export { findRemoved } from './removed.ts';
export { readFollowUp };

export interface AftercareParts {
  store: Pick<Store, 'followUps' | 'noteFollowUp'>;
  clock: Clock;
  /** What the author says of our answer, as with the question below it: solved. */
  solved(mentionId: string): Promise<unknown>;
}

const DAY_MS = 86_400_000;
/** How long an answer is watched. */
const WATCH_MS = 14 * DAY_MS;
/** A message is assessed within this time of its arrival, even after a stop. */
const LOOK_BACK_MS = DAY_MS;
const AT_ONCE = 100;

/** The watch over our answers: looks at what came below them, each message once. */
export class Aftercare {
  readonly #parts: AftercareParts;
  #looked: number | undefined;

  constructor(parts: AftercareParts) {
    this.#parts = parts;
  }

  /** @returns how many messages were noted */
  async round(): Promise<number> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const since = this.#looked === undefined ? now - WATCH_MS : this.#looked - LOOK_BACK_MS;
    let noted = 0;
    for (;;) {
      const found = await store.followUps({ since, watchMs: WATCH_MS, limit: AT_ONCE });
      let news = 0;
      for (const { answered, row, byAuthor } of found) {
        const kind = byAuthor ? readFollowUp(row.mention.text) : 'scammer';
        // Before it is noted: cut off in between, it is done again, and a second yes changes nothing.
        if (kind === 'solved') await this.#parts.solved(answered);
        const audit = {
          at: now,
          actor: byAuthor ? 'author' : 'earshot',
          action: ACTIONS[kind],
          subject: answered,
          detail: { by: row.mention.id },
        };
        if (await store.noteFollowUp({ answered, by: row.mention.id, kind, audit })) news += 1;
      }
      noted += news;
      if (found.length < AT_ONCE || news === 0) break;
    }
    this.#looked = now;
    return noted;
  }
}

const ACTIONS = {
  solved: 'came-back-solved',
  'asks-again': 'asked-again',
  'came-back': 'came-back',
  scammer: 'scammer-below',
} as const;
