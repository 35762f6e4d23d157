import type { QueueRow } from '../../../core/records.ts';
import { imprintOf } from './imprint.ts';

/** How sure the verdict is. Not how far before the next: that may be a second problem, as sure as the first. */
const certainty = ({ assessment }: QueueRow): number => assessment?.confidence ?? 1;

/**
 * The mentions whose label teaches most: the least certain first, each text once, since a second look at the same words
 * teaches nothing.
 * @param labelled mentions that a person has spoken about
 */
export function leastCertain(rows: readonly QueueRow[], labelled: ReadonlySet<string>, limit: number): QueueRow[] {
  const seen = new Set<string>();
  return rows
    .filter(({ mention, assessment }) => !labelled.has(mention.id) && assessment !== undefined)

    .sort((one, other) => certainty(one) - certainty(other))
    .filter((row) => {
      const imprint = imprintOf(row.mention.text);
      if (row.mention.text.trim() === '' || seen.has(imprint)) return false;
      seen.add(imprint);
      return true;
    })
    .slice(0, limit);
}
