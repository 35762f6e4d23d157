import { setTimeout as pause } from 'node:timers/promises';
import { asFailure, ConnectorError } from '../../core/failures.ts';
import type { FoundMention } from '../../core/nouns.ts';
import type { Emit, Source } from '../../core/ports.ts';
import type { Collector } from './collector.ts';
import { sift } from './page.ts';
import { eraseGone } from './recheck.ts';
import { recordFailure, recordSuccess } from './status.ts';
import type { CollectOptions, CollectorDeps } from './types.ts';

/** A connection that held this long counts as healthy, and its end as the first failure again. */
const HEALTHY_MS = 60_000;

/**
 * Hears a source live until it is told to stop, connecting again after each break. `emit` resolves when the mention is
 * stored, so that nothing is acknowledged upstream that could be lost. Beside every new connection the source is pulled
 * from its last cursor, which closes the gap of the break; and once more when the connector says that it began anew.
 */
export async function listen(
  source: Source,
  deps: CollectorDeps,
  collector: Collector,
  options: Pick<CollectOptions, 'since' | 'signal'>,
): Promise<void> {
  const { clock } = deps;
  const { signal } = options;
  while (!signal.aborted) {
    const began = clock.now();
    const failure = await connection(source, deps, collector, options);
    if (signal.aborted || !failure) return;
    const before = (await deps.store.statuses()).find((status) => status.source === source.id);
    const held = clock.now() - began >= HEALTHY_MS;
    const status = await recordFailure(
      deps,
      source.id,
      before && { ...before, failuresInARow: held ? 0 : before.failuresInARow },
      failure,
    );
    if (status.until === undefined) return; // a person must act; the source is opened anew when they have
    await pause(Math.min(Math.max(status.until - clock.now(), 0), 2 ** 31 - 1), undefined, { signal }).catch(() => {});
  }
}

/** One connection, from check to break. Undefined when it was stopped, or when the source cannot listen. */
async function connection(
  source: Source,
  deps: CollectorDeps,
  collector: Collector,
  options: Pick<CollectOptions, 'since' | 'signal'>,
): Promise<ConnectorError | undefined> {
  if (!source.listen) return undefined;
  const { signal } = options;
  const end = new AbortController();
  const health = healthOf(source, deps);
  const pulls: Promise<unknown>[] = [];
  const pull = (anew: boolean) => {
    const run = collector.collect(source, { ...options, asked: true, anew });
    pulls.push(run);
    return run;
  };
  try {
    const identity = await collector.identityOf(source, signal);
    const hear = async (found: FoundMention) => {
      const at = deps.clock.now();
      const { kept, skipped, own, canaries } = sift(source, [found], { identity, ourHandles: deps.ourHandles }, at);
      const { id, connector, sample } = source;
      if (kept.length + skipped.length + own.length > 0) {
        await deps.store.savePage({ source: id, connector, sample, found: kept, skipped, own, at });
      }
      for (const token of canaries) await deps.onCanary?.(id, token);
      await health.proven();
    };
    const emit: Emit = Object.assign(hear, {
      gone: async (nativeIds: string[]) => {
        await eraseGone(source, nativeIds, deps);
        await health.proven();
      },
      missed: async () => {
        if (source.pull) await pull(true);
      },
    });
    health.watch();
    const live = source.listen(emit, AbortSignal.any([signal, end.signal]));
    const gap = source.pull ? pull(false) : Promise.resolve();
    await Promise.all([live, gap]);
    return new ConnectorError(
      'unavailable',
      `The live connection of source "${source.id}" was closed. It is opened again.`,
    );
  } catch (thrown) {
    if (signal.aborted) return undefined;
    const failure = asFailure(thrown);
    // A pull that ends well would hide what a person has to know.
    if (needsPerson(failure)) await Promise.allSettled(pulls);
    return failure;
  } finally {
    health.stop();
    end.abort(); // whatever broke, the next connection must not stand beside this one
  }
}

function needsPerson({ kind }: ConnectorError): boolean {
  return kind === 'unauthorized' || kind === 'rejected';
}

/** Says once that a connection works: when the first message came, or when it held for a while in silence. */
function healthOf(source: Source, deps: CollectorDeps) {
  let proven: Promise<unknown> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const prove = () => {
    proven ??= recordSuccess(deps, source.id, []);
    return proven;
  };
  return {
    proven: prove,
    watch() {
      timer = setTimeout(prove, HEALTHY_MS).unref();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
