import type { FoundMention, Page } from '#kit';
import { feed } from '../../../connectors/feed/index.ts';
import type { Cursor } from '../../../connectors/feed/settings.ts';
import { NOW, open, patience, world } from '../../contract/support.ts';
import { startFeedServer } from '../../platforms/feed-server.ts';

export type FeedPage = Page<Cursor>;

/** A local forum and a source that reads some of its feeds, with a clock to move. */
export async function forum(paths: string[], options: object = {}, timeoutMs?: number) {
  const server = await startFeedServer();
  const inWorld = world({}, timeoutMs);
  let now = NOW;
  const source = open(
    feed,
    { options: { urls: paths.map((path) => server.url + path), ...options } },
    { ...inWorld, now: () => now },
  );
  let cursor: Cursor | undefined;
  return {
    ...server,
    source,
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
    /** The next page from where the last one stopped. */
    async page(since = 0): Promise<FeedPage> {
      const page = (await source.pull?.(cursor ? { cursor } : { since }, patience())) as FeedPage;
      cursor = JSON.parse(JSON.stringify(page.cursor));
      return page;
    },
    /** Pages until the round is over. */
    async round(since = 0): Promise<FeedPage[]> {
      const pages: FeedPage[] = [];
      do pages.push(await this.page(since));
      while (pages.at(-1)?.more);
      return pages;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** Reads one document, served as it stands. */
export async function readText(
  document: string | Buffer,
  type = 'application/xml',
  options: object = {},
): Promise<FeedPage> {
  await using site = await forum(['/document'], options);
  site.answer('/document', (response) => response.writeHead(200, { 'content-type': type }).end(document));
  // Awaited here, or the site would close before it is read.
  return await site.page();
}

export async function readItem(item: string, channel = ''): Promise<FoundMention> {
  const page = await readText(rss(item, channel));
  const [found] = page.found;
  if (!found) throw new Error(`Nothing was found: ${JSON.stringify(page.skipped)}`);
  return found;
}

export function rss(items: string, channel = '<title>Forum</title><link>https://forum.example/</link>'): string {
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${channel}${items}</channel></rss>`;
}
