import { setTimeout as pause } from 'node:timers/promises';
import { asFailure } from '../../core/failures.ts';
import type { Source, Store } from '../../core/ports.ts';
import type { Collector } from './collector.ts';
import { recheck } from './recheck.ts';
import type { CollectorDeps } from './types.ts';

/** Platforms answer for a hundred messages in one request. */
const AT_ONCE = 100;
/** A restart must not ask for everything at once, but one a day must not put it off for ever. */
const FIRST_AFTER_MS = 10 * 60_000;
/** Told to wait longer than this, a sweep ends; the next one begins anew. */
const LONGEST_WAIT_MS = 15 * 60_000;

export type RecheckDeps = Omit<CollectorDeps, 'store'> & { store: CollectorDeps['store'] & Pick<Store, 'queue'> };

/** What one sweep over all that we hold found. */
export interface Sweep {
  asked: number;
  gone: number;
  edited: number;
}

/**
 * Asks a source about everything that it brought and that we still hold, newest first: platforms want what was deleted
 * there to be erased everywhere, however old it is. Waits where the platform says so.
 *
 * @throws ConnectorError; what was found until then is done
 */
export async function recheckAll(
  source: Source,
  deps: RecheckDeps,
  collector: Collector,
  signal: AbortSignal,
): Promise<Sweep> {
  const sweep: Sweep = { asked: 0, gone: 0, edited: 0 };
  if (!source.recheck) return sweep;
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const query = { sources: [source.id], order: 'newest', limit: AT_ONCE } as const;
    const { rows, next } = await deps.store.queue({ ...query, ...(after !== undefined && { after }) });
    const ids = rows.map(({ mention }) => mention.nativeId);
    const { gone, edited } = await patiently(deps, signal, () => recheck(source, ids, deps, collector, signal));
    sweep.asked += ids.length;
    sweep.gone += gone;
    sweep.edited += edited;
    if (next === undefined) return sweep;
    after = next;
  }
}

/** Waits as often as the platform asks for it. Anything else that goes wrong is thrown. */
async function patiently<T>({ clock }: RecheckDeps, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const { kind, until } = asFailure(thrown);
      const ms = (until ?? clock.now() + 60_000) - clock.now();
      if (kind !== 'rate-limited' || ms > LONGEST_WAIT_MS) throw thrown;
      await pause(Math.max(1, ms), undefined, { signal });
    }
  }
}

/**
 * Sweeps over the sources again and again until told to stop, one after the other. A source that fails is logged and
 * asked again in the next round; it stops no other.
 *
 * @param everyMs from the end of one round to the next. Half of the shortest time that a platform grants
 */
export async function keepRechecking(
  sources: () => readonly Source[],
  deps: RecheckDeps,
  collector: Collector,
  { everyMs, signal, firstAfterMs = FIRST_AFTER_MS }: { everyMs: number; signal: AbortSignal; firstAfterMs?: number },
): Promise<void> {
  for (let ms = Math.min(firstAfterMs, everyMs); !signal.aborted; ms = everyMs) {
    await pause(ms, undefined, { signal }).catch(() => {});
    for (const source of sources()) {
      if (signal.aborted) return;
      if (source.recheck) await sweepOnce(source, deps, collector, signal);
    }
  }
}

async function sweepOnce(source: Source, deps: RecheckDeps, collector: Collector, signal: AbortSignal): Promise<void> {
  try {
    const sweep = await recheckAll(source, deps, collector, signal);
    if (sweep.gone + sweep.edited > 0) deps.log.info('followed changes at the source', { source: source.id, ...sweep });
  } catch (thrown) {
    if (!signal.aborted) deps.log.warn('not rechecked', { source: source.id, error: asFailure(thrown).message });
  }
}
