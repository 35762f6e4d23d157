import type { Source } from '../../core/ports.ts';
import type { Collector } from './collector.ts';
import { sift } from './page.ts';
import type { CollectorDeps } from './types.ts';

/**
 * Asks a source what became of mentions we hold: what was deleted there is erased here, what was edited is heard anew.
 *
 * @throws ConnectorError; nothing was changed then
 */
export async function recheck(
  source: Source,
  nativeIds: string[],
  deps: CollectorDeps,
  collector: Collector,
  signal: AbortSignal,
): Promise<{ gone: number; edited: number }> {
  if (!source.recheck || nativeIds.length === 0) return { gone: 0, edited: 0 };
  const identity = await collector.identityOf(source, signal);
  const answers = await source.recheck(nativeIds, signal);
  const at = deps.clock.now();

  const gone = answers.flatMap(({ nativeId, now }) => (now === 'gone' ? [nativeId] : []));
  const erased = await eraseGone(source, gone, deps);

  const edited = answers.flatMap((answer) => (answer.now === 'edited' ? [answer.found] : []));
  const { kept, skipped } = sift(source, edited, { identity, ourHandles: deps.ourHandles }, at);
  const { id, connector, sample } = source;
  const saved =
    kept.length + skipped.length > 0
      ? await deps.store.savePage({ source: id, connector, sample, found: kept, skipped, at })
      : undefined;
  return { gone: erased, edited: saved?.changed.length ?? 0 };
}

/** Erases what was deleted at the source. Returns how many of these we held. */
export async function eraseGone(source: Source, nativeIds: readonly string[], deps: CollectorDeps): Promise<number> {
  if (nativeIds.length === 0) return 0;
  return deps.store.erase(source.connector, nativeIds, {
    at: deps.clock.now(),
    actor: 'earshot',
    action: 'erased',
    subject: source.id,
    detail: { why: 'deleted at the source' },
  });
}
