import type { Attachments, Clock, Store } from '../core/ports.ts';
import { keepDoing } from '../schedule/index.ts';
import type { Log } from '../schedule/types.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';
import { sweepAttachments } from './with-attachments.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const LOOK_MS = 6 * HOUR_MS;
const AT_ONCE = 200;

export interface RetentionParts {
  store: Pick<Store, 'closedBefore' | 'erase' | 'held' | 'forgetNotes' | 'upkeep'>;
  workspace: Pick<WorkspaceHandle, 'current'>;
  clock: Clock;
  log: Log;
  attachments: Attachments;
}

/** Erases what was closed for longer than the workspace keeps it, a few hundred at a time. Returns how many. */
export async function eraseWhatIsOver(
  parts: Omit<RetentionParts, 'attachments'>,
  signal: AbortSignal,
): Promise<number> {
  const { store, workspace, clock } = parts;
  const { closedDays } = workspace.current().retention;
  if (closedDays === undefined) return 0;
  let erased = 0;
  while (!signal.aborted) {
    const over = await store.closedBefore(clock.now() - closedDays * DAY_MS, AT_ONCE);
    if (over.length === 0) break;
    for (const [connector, ids] of Map.groupBy(over, ({ connector }) => connector)) {
      erased += await store.erase(
        connector,
        ids.map(({ nativeId }) => nativeId),
        { at: clock.now(), actor: 'earshot', action: 'erased', subject: connector, detail: { asked: 'retention' } },
      );
    }
  }
  return erased;
}

/** Looks four times a day until `signal` was aborted. */
export async function keepRetention(parts: RetentionParts, signal: AbortSignal): Promise<void> {
  const { log, store, clock } = parts;
  const round = async () => {
    await store.forgetNotes(clock.now() - HOUR_MS);
    const erased = await eraseWhatIsOver(parts, signal);
    const swept = await sweepAttachments(parts.store, parts.attachments);
    if (swept > 0) log.info('files that belonged to nothing are gone', { mentions: swept });
    if (erased > 0) log.info('what was kept long enough is erased', { mentions: erased });
    // What was erased just now may have been the last of a month.
    for (const { did, about } of await store.upkeep()) log.info(did, about);
  };
  // Nothing becomes older by a change: the clock alone rings here.
  await keepDoing('retention', round, { store: { watch: () => () => {} }, everyMs: LOOK_MS, signal, log });
}
