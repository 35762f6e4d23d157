import { coverSeen, type FindPersonal } from '../core/cover.ts';
import type { QueueRow, Store } from '../core/ports.ts';
import type { KeywordTry } from '../surfaces/web/settings-api.ts';

/** So many of the last mentions are looked at: enough to judge a word by, and a moment's work. */
const LOOK_AT = 1000;
const PAGE = 200;
const EXAMPLES = 20;
const AROUND = 60;

/** Which of the last mentions contain these words, wherever they came from. */
export async function tryKeywords(
  store: Pick<Store, 'queue'>,
  words: readonly string[],
  findPersonal: FindPersonal,
): Promise<KeywordTry> {
  const asked = new Map(words.map((word) => [word.trim(), folded(word.trim())] as const).filter(([word]) => word));
  const found = new Map([...asked.keys()].map((word) => [word, 0]));
  const examples: KeywordTry['examples'] = [];
  const rows = await lastHeard(store);
  let withAny = 0;
  for (const row of rows) {
    const text = folded(row.mention.text);
    const inside = [...asked].filter(([, word]) => text.includes(word)).map(([word]) => word);
    for (const word of inside) found.set(word, (found.get(word) ?? 0) + 1);
    if (inside.length === 0) continue;
    withAny += 1;
    if (examples.length < EXAMPLES) examples.push(exampleOf(coverSeen(row, findPersonal), inside));
  }
  return {
    looked: rows.length,
    found: withAny,
    words: [...found].map(([word, times]) => ({ word, found: times })),
    examples,
  };
}

/** The last mentions, as many as a word is judged by. */
export async function lastHeard(store: Pick<Store, 'queue'>): Promise<QueueRow[]> {
  const rows: QueueRow[] = [];
  let after: string | undefined;
  do {
    const page = await store.queue({ order: 'newest', limit: PAGE, ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < LOOK_AT);
  return rows.slice(0, LOOK_AT);
}

/** Width and case make no other word. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase();

function exampleOf({ mention }: QueueRow, words: string[]): KeywordTry['examples'][number] {
  return {
    id: mention.id,
    text: cutAround(mention.text, words[0] ?? ''),
    ...(mention.place !== undefined && { place: mention.place }),
    words,
  };
}

/** A piece of a text around a word in it, or its beginning where the word is written otherwise there. */
export function cutAround(written: string, word: string): string {
  const text = written.replace(/\s+/g, ' ').trim();
  const at = Math.max(0, folded(text).indexOf(folded(word)) - AROUND);
  const cut = text.slice(at, at + 3 * AROUND).toWellFormed();
  return `${at > 0 ? '…' : ''}${cut}${at + 3 * AROUND < text.length ? '…' : ''}`;
}
