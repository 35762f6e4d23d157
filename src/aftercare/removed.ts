import type { Clock, Source, Store } from '../core/ports.ts';

export interface RemovedParts {
  store: Pick<Store, 'repliesOut' | 'noteRemoved'>;
  clock: Clock;
}

/** Replies are looked for this long: a moderator acts within days. */
const WATCH_MS = 7 * 86_400_000;
/** Platforms answer for a hundred messages in one request, and some of them charge for it. */
const AT_ONCE = 100;

/**
 * Asks a source whether our newest replies still stand there. Only its own word that one is gone counts.
 *
 * @returns how many were found removed
 * @throws ConnectorError
 */
export async function findRemoved(source: Source, parts: RemovedParts, signal: AbortSignal): Promise<number> {
  const { store, clock } = parts;
  if (!source.recheck) return 0;
  const out = await store.repliesOut({ source: source.id, since: clock.now() - WATCH_MS, limit: AT_ONCE });
  if (out.length === 0) return 0;
  const answers = await source.recheck(
    out.map(({ nativeId }) => nativeId),
    signal,
  );
  const gone = new Set(answers.flatMap(({ nativeId, now }) => (now === 'gone' ? [nativeId] : [])));
  let removed = 0;
  for (const { key, answered, nativeId } of out) {
    if (!gone.has(nativeId)) continue;
    const audit = { at: clock.now(), actor: 'earshot', action: 'reply-removed', subject: answered, detail: { key } };
    if (await store.noteRemoved({ key, answered, audit })) removed += 1;
  }
  return removed;
}
