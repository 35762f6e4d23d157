import { Aftercare, findRemoved } from '../aftercare/index.ts';
import { asFailure, Refused } from '../core/failures.ts';
import { keepDoing } from '../schedule/index.ts';
import type { Parts } from './parts.ts';

/** Twenty mentions a second may arrive, and days may pass: what came below our answers is looked at in this rhythm. */
const LOOK_MS = 30_000;

/** How often sources are asked whether our replies still stand. Some charge for the question. */
const RECHECK_MS = 6 * 3_600_000;

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
export function watchAnswers(
  parts: Pick<Parts, 'store' | 'clock' | 'review' | 'log' | 'workspace' | 'opened'>,
  signal: AbortSignal,
) {
  const { store, log } = parts;
  const aftercare = aftercareOf(parts);
  let next = 0;
  // A restart must not ask for everything at once.
  let recheckAt = performance.now() + RECHECK_MS / 12;
  const round = async () => {
    if (performance.now() < next) return;
    next = performance.now() + LOOK_MS / 6;
    await aftercare.round();
    if (performance.now() < recheckAt || signal.aborted) return;
    recheckAt = performance.now() + RECHECK_MS;
    await askWhetherReplies(parts, signal);
  };
  return keepDoing('aftercare', round, { store, everyMs: LOOK_MS, signal, log });
}

/** Asks each source in turn. One that fails is asked the next time, and stops no other. */
async function askWhetherReplies(
  parts: Pick<Parts, 'store' | 'clock' | 'log' | 'workspace' | 'opened'>,
  signal: AbortSignal,
): Promise<void> {
  const enabled = parts.workspace.current().sources.filter((one) => one.enabled);
  for (const source of enabled.flatMap(({ id }) => parts.opened.tryGet(id) ?? [])) {
    try {
      const removed = await findRemoved(source, parts, signal);
      if (removed > 0) parts.log.info('replies of ours were removed at the source', { source: source.id, removed });
    } catch (thrown) {
      if (signal.aborted) return;
      parts.log.warn('replies not rechecked', { source: source.id, error: asFailure(thrown).message });
    }
  }
}
