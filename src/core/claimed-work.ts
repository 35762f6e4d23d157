import { setImmediate as breathe } from 'node:timers/promises';
import type { MentionId } from './nouns.ts';
import type { ClaimedRow, Clock, Store } from './ports.ts';

/** What a stage needs to take mentions from the store, a batch at a time. */
export interface ClaimedWork {
  store: Pick<Store, 'claim'>;
  /** Names this process in the claims. */
  worker: string;
  clock: Clock;
  signal: AbortSignal;
  /** Mentions a transaction. Default 200. */
  batch?: number;
  /** How long a claim holds when this process dies. Default a minute. */
  leaseMs?: number;
  log: { warn(message: string, fields?: object): void };
}

/** Others wait for the event loop no longer than this. */
const BREATHE_AFTER_MS = 8;

/**
 * Works on everything that waits for a stage, until nothing is left or a stop is asked for. Each batch is saved in one
 * transaction; where one result breaks that, each in its own, so that it stops no other.
 *
 * @param work must not throw
 * @returns how many were saved
 */
export async function workOnClaims<Result extends { id: MentionId }>(
  stage: 'classify' | 'draft',
  run: ClaimedWork,
  work: (row: ClaimedRow) => Result,
  save: (results: readonly Result[]) => Promise<void>,
): Promise<number> {
  const { store, worker, clock, signal, batch = 200, leaseMs = 60_000 } = run;
  let done = 0;
  while (!signal.aborted) {
    const rows = await store.claim(stage, worker, batch, leaseMs, clock.now());
    if (rows.length === 0) break;
    const results: Result[] = [];
    let since = performance.now();
    for (const row of rows) {
      results.push(work(row));
      if (performance.now() - since < BREATHE_AFTER_MS) continue;
      await breathe();
      since = performance.now();
    }
    done += await saveEach(stage, run, results, save);
  }
  return done;
}

async function saveEach<Result extends { id: MentionId }>(
  stage: string,
  { log }: Pick<ClaimedWork, 'log'>,
  results: readonly Result[],
  save: (results: readonly Result[]) => Promise<void>,
): Promise<number> {
  try {
    await save(results);
    return results.length;
  } catch (error) {
    if (results.length === 1) {
      log.warn('result not stored', { stage, mention: results[0]?.id, error: String(error) });
      return 0;
    }
  }
  let saved = 0;
  for (const result of results) saved += await saveEach(stage, { log }, [result], save);
  return saved;
}
