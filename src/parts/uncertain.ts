import type { State } from '../core/nouns.ts';
import type { QueueRow } from '../core/ports.ts';
import { leastCertain } from '../stages/classify/index.ts';
import type { Parts } from './parts.ts';

/** Where a correction is still possible. */
const OPEN: readonly State[] = ['assessed', 'drafted', 'failed', 'escalated', 'snoozed'];
/** Of so many mentions, the last heard, the least certain are found: what is older is hardly like what comes next. */
const LOOKED_AT = 400;

/** The mentions whose label teaches most: first those that are called unsure, then the rest. */
export async function uncertainMentions({ store }: Pick<Parts, 'store'>, limit: number): Promise<QueueRow[]> {
  const labelled = new Set((await store.corrections()).map(({ mentionId }) => mentionId));
  const found: QueueRow[] = [];
  for (const unsure of [true, false]) {
    if (found.length >= limit) break;
    const { rows } = await store.queue({ states: OPEN, unsure, order: 'newest', limit: LOOKED_AT });
    found.push(...leastCertain(rows, labelled, limit - found.length));
  }
  return found;
}
