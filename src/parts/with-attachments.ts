import { mentionId } from '../core/ids.ts';
import type { Attachments, Store } from '../core/ports.ts';

const DAY_MS = 86_400_000;

/** The records, with the files that belong to them: whoever erases a mention takes its files along. */
export function withAttachments(store: Store, attachments: Attachments): Store {
  return {
    ...store,
    async erase(connector, nativeIds, audit) {
      const erased = await store.erase(connector, nativeIds, audit);
      // Also of those that were erased before, should that have stopped half-way.
      await attachments.forget(nativeIds.map((nativeId) => mentionId(connector, nativeId)));
      return erased;
    },
  };
}

/** Takes away what a stop at the wrong moment left over. Returns of how many mentions. */
export function sweepAttachments(store: Pick<Store, 'held'>, attachments: Attachments): Promise<number> {
  return attachments.sweep((mentions) => store.held(mentions), DAY_MS);
}
