import { setImmediate as breathe } from 'node:timers/promises';
import type { Assessment, Instant, MentionId } from '../../core/nouns.ts';
import type { Classifier, Clock, QueueRow, Store } from '../../core/ports.ts';

export interface ClassifyRun {
  store: Pick<Store, 'claim' | 'saveAssessments'>;
  classifier: Classifier;
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
 * Assesses everything that was heard, until nothing is left or a stop is asked for. A mention that breaks the classifier
 * is marked unsure, for a person, and stops no other.
 *
 * @returns how many were assessed
 */
export async function runClassify(run: ClassifyRun): Promise<number> {
  const { store, worker, clock, signal, batch = 200, leaseMs = 60_000 } = run;
  let done = 0;
  while (!signal.aborted) {
    const rows = await store.claim('classify', worker, batch, leaseMs, clock.now());
    if (rows.length === 0) break;
    const assessed = [];
    let since = performance.now();
    for (const row of rows) {
      assessed.push(assess(run, row));
      if (performance.now() - since < BREATHE_AFTER_MS) continue;
      await breathe();
      since = performance.now();
    }
    done += await save(run, assessed);
  }
  return done;
}

type Assessed = { id: MentionId; version: number; assessment: Assessment };

function assess({ classifier, clock, log }: ClassifyRun, { mention }: QueueRow): Assessed {
  const { id, version, text, author, langHint } = mention;
  const { handle, name } = author;
  const now = clock.now();
  try {
    const by = { ...(handle !== undefined && { handle }), ...(name !== undefined && { name }) };
    const assessment = classifier.classify({ text, author: by, ...(langHint !== undefined && { langHint }) }, now);
    return { id, version, assessment };
  } catch (error) {
    log.warn('classifier broke', { mention: id, error: String(error) });
    return { id, version, assessment: unsorted(classifier.version, now) };
  }
}

/** An honest "do not know", which puts the mention before a person. */
function unsorted(classifier: string, at: Instant): Assessment {
  return {
    problemType: 'other',
    confidence: 0,
    unsure: true,
    others: [],
    priority: 'normal',
    priorityReasons: ['Could not be sorted by machine. Please read it.'],
    lang: 'other',
    sentiment: 'neutral',
    scam: 0,
    scamReasons: [],
    personal: [],
    evidence: [],
    classifier,
    at,
  };
}

/** All in one transaction; where one row breaks that, each in its own. */
async function save({ store, log }: Pick<ClassifyRun, 'store' | 'log'>, rows: Assessed[]): Promise<number> {
  try {
    await store.saveAssessments(rows);
    return rows.length;
  } catch (error) {
    if (rows.length === 1) {
      log.warn('assessment not stored', { mention: rows[0]?.id, error: String(error) });
      return 0;
    }
  }
  let saved = 0;
  for (const row of rows) saved += await save({ store, log }, [row]);
  return saved;
}
