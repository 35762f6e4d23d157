import type { ViewCounts } from '../../api.ts';
import type { Format } from '../i18n/format.ts';

/** How many a saved view holds, where that is known: "12", "1,000+". */
export function countWords(count: ViewCounts[string] | undefined, f: Format): string | undefined {
  return count && `${f.number(count.count)}${count.more ? '+' : ''}`;
}
