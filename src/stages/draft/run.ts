import { setImmediate as breathe } from 'node:timers/promises';
import type { Draft, MentionId } from '../../core/nouns.ts';
import type { ClaimedRow, Clock, Store, TemplateBook } from '../../core/ports.ts';

export interface DraftRun {
  store: Pick<Store, 'claim' | 'saveDrafts'>;
  templates: Pick<TemplateBook, 'draft'>;
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
 * Drafts a reply to everything that was assessed, until nothing is left or a stop is asked for. Where no template fits, or
 * drafting breaks, the mention keeps the reason as its trouble, for the person who takes over, and stops no other.
 *
 * @returns how many were handled
 */
export async function runDraft(run: DraftRun): Promise<number> {
  const { store, worker, clock, signal, batch = 200, leaseMs = 60_000 } = run;
  let done = 0;
  while (!signal.aborted) {
    const rows = await store.claim('draft', worker, batch, leaseMs, clock.now());
    if (rows.length === 0) break;
    const drafted = [];
    let since = performance.now();
    for (const row of rows) {
      drafted.push(draftOne(run, row));
      if (performance.now() - since < BREATHE_AFTER_MS) continue;
      await breathe();
      since = performance.now();
    }
    done += await save(run, drafted);
  }
  return done;
}

type Drafted = { id: MentionId; version: number; draft?: Draft; trouble?: string };

function draftOne({ templates, clock, log }: DraftRun, { mention, assessment, said }: ClaimedRow): Drafted {
  const { id, version } = mention;
  if (!assessment) return { id, version, trouble: 'It was not sorted, so no template could be chosen.' };
  try {
    const draft = templates.draft(mention, assessment, clock.now(), { said });
    return 'none' in draft ? { id, version, trouble: draft.none } : { id, version, draft };
  } catch (error) {
    log.warn('drafting broke', { mention: id, error: String(error) });
    return { id, version, trouble: 'Drafting failed. Please write the reply yourself.' };
  }
}

/** All in one transaction; where one row breaks that, each in its own. */
async function save({ store, log }: Pick<DraftRun, 'store' | 'log'>, rows: Drafted[]): Promise<number> {
  try {
    await store.saveDrafts(rows);
    return rows.length;
  } catch (error) {
    if (rows.length === 1) {
      log.warn('draft not stored', { mention: rows[0]?.id, error: String(error) });
      return 0;
    }
  }
  let saved = 0;
  for (const row of rows) saved += await save({ store, log }, [row]);
  return saved;
}
