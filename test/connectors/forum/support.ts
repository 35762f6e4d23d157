import type { FoundMention, From, Page, ReplyOrder } from '#kit';
import type { Source } from '../../../src/core/ports.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const signal = () => AbortSignal.timeout(60_000);

/** One round, page by page; the cursor goes through JSON each time, as it does through a store. */
export async function read(source: Source, from: From) {
  const pages: Page[] = [];
  for (let next = from, more = true; more; ) {
    if (pages.length > 200) throw new Error('no end in sight');
    const page = (await source.pull?.(next, signal())) as Page;
    pages.push(page);
    next = { cursor: JSON.parse(JSON.stringify(page.cursor)) };
    more = page.more;
  }
  const found = pages.flatMap((page) => page.found);
  const cursor = pages.at(-1)?.cursor;
  return {
    found,
    texts: found.map(({ text }) => text),
    pages,
    skipped: pages.flatMap((page) => page.skipped ?? []),
    coverage: pages.flatMap((page) => page.coverage ?? []),
    notices: pages.flatMap((page) => page.notices ?? []),
    from: { cursor } as From,
  };
}

export function orderFor(
  found: FoundMention,
  firstTriedAt: number,
  text = 'Please write to our help centre.',
): ReplyOrder {
  const { nativeId, replyRef, conversationId } = found;
  return {
    key: 'k.r1',
    text,
    nativeId,
    firstTriedAt,
    ...(replyRef && { replyRef }),
    ...(conversationId && { conversationId }),
  };
}

export function replying(source: Source) {
  if (source.reply?.once !== 'look-up') throw new Error('The forum connector lost its look-up.');
  return source.reply;
}
