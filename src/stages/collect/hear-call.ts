import type { Brought, Hear, Source, Store } from '../../core/ports.ts';
import type { Collector } from './collector.ts';
import { sift } from './page.ts';
import { eraseGone } from './recheck.ts';
import { recordSuccess } from './status.ts';
import type { CollectorDeps } from './types.ts';

/** How long a source that is called need not say again that it is well. */
const FRESH_MS = 60_000;

export type HearingDeps = CollectorDeps & { store: Pick<Store, 'taken'> };

/**
 * Where a source puts what it is told when it is called. Everything is stored, with the mark that it was taken, before this
 * resolves. What is deleted at the source goes first: told again after a stop half-way, it is gone already.
 */
export function hearCalls(source: Source, deps: HearingDeps, collector: Collector, signal: AbortSignal): Hear {
  const { id, connector, sample } = source;
  const hear = async ({ found = [], gone = [], skipped = [], once = [] }: Brought) => {
    const at = deps.clock.now();
    // Only where there is something that could be ours: a call that brings nothing asks nobody who we are.
    const identity = found.length > 0 ? await collector.identityOf(source, signal) : { id: '' };
    const sifted = sift(source, found, { identity, ourHandles: deps.ourHandles }, at);
    await eraseGone(source, gone, deps);
    const { added, changed, known, repeated } = await deps.store.savePage({
      source: id,
      connector,
      sample,
      found: sifted.kept,
      skipped: [...skipped, ...sifted.skipped],
      own: sifted.own,
      once,
      at,
    });
    await sayWell(source, deps);
    return { added: added.length, changed: changed.length, known, ...(repeated && { repeated }) };
  };
  return Object.assign(hear, { taken: (mark: string) => deps.store.taken(id, mark) });
}

/** A source that is only called is well when it brings something. Of one that is asked as well, asking tells. */
async function sayWell(source: Source, deps: CollectorDeps): Promise<void> {
  if (source.pull) return;
  const before = (await deps.store.statuses()).find((status) => status.source === source.id);
  if (before?.state === 'ok' && deps.clock.now() - (before.lastSuccessAt ?? 0) < FRESH_MS) return;
  await recordSuccess(deps, source.id, []);
}
