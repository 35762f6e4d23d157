import { Aftercare } from '../aftercare/index.ts';
import { Refused } from '../core/failures.ts';
import { keepDoing } from '../schedule/index.ts';
import type { Parts } from './index.ts';

/** Twenty mentions a second may arrive, and days may pass: what came below our answers is looked at in this rhythm. */
const LOOK_MS = 30_000;

export function aftercareOf({ store, clock, review }: Pick<Parts, 'store' | 'clock' | 'review'>): Aftercare {
  return new Aftercare({
    store,
    clock,
    solved: (mentionId) =>
      review.feedback({ mentionId, solved: true }).catch((thrown) => {
        // Without a receipt there is nothing to judge: it was erased meanwhile.
        if (!(thrown instanceof Refused)) throw thrown;
      }),
  });
}

/** Looks at what came below our answers until `signal` was aborted. */
export function watchAnswers(parts: Pick<Parts, 'store' | 'clock' | 'review' | 'log'>, signal: AbortSignal) {
  const { store, log } = parts;
  const aftercare = aftercareOf(parts);
  let next = 0;
  const round = async () => {
    if (performance.now() < next) return;
    next = performance.now() + LOOK_MS / 6;
    await aftercare.round();
  };
  return keepDoing('aftercare', round, { store, everyMs: LOOK_MS, signal, log });
}
