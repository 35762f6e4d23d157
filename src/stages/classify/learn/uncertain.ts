import type { QueueRow } from '../../../core/store.ts';
import { imprintOf } from './imprint.ts';

/** How far the verdict lies before its runner-up, from 0 to 1: the nearer, the less certain. */
function margin({ assessment }: QueueRow): number {
  return assessment ? assessment.confidence - (assessment.others[0]?.confidence ?? 0) : 1;
}

/**
 * The mentions whose label teaches most: the least certain first, each text once, since a second look at the same words
 * teaches nothing.
 * @param labelled mentions that a person has spoken about
 */
export function leastCertain(rows: readonly QueueRow[], labelled: ReadonlySet<string>, limit: number): QueueRow[] {
  const seen = new Set<string>();
  return rows
    .filter(({ mention, assessment }) => !labelled.has(mention.id) && assessment !== undefined)
    .map((row) => ({ row, margin: margin(row) }))
    .sort((one, other) => one.margin - other.margin)
    .filter(({ row }) => {
      const imprint = imprintOf(row.mention.text);
      if (row.mention.text.trim() === '' || seen.has(imprint)) return false;
      seen.add(imprint);
      return true;
    })
    .slice(0, limit)
    .map(({ row }) => row);
}
