import { createHash } from 'node:crypto';
import { type Author, cleanText, type FoundMention, fold, holdsOneOf, type Instant, parseDate } from '#kit';
import { conversationOf } from './conversation.ts';
import type { Options } from './options.ts';
import type { FeedItem } from './schema.ts';

/** What an item's mention needs to know of its feed. */
export interface FeedContext {
  /** The address in the options: ids are bound to it, since the same guid may mean another item elsewhere. */
  url: string;
  title: string;
  now: Instant;
}

const PERMISSION = {
  how: 'by-hand',
  why: 'A feed can be read but not answered. Open the page, post the reply there and confirm.',
} as const;

/** No date before this is meant: feeds are younger, and programs write 1970 or 0001 for "unknown". */
const EARLIEST = Date.UTC(1995, 0, 1);

/** An item as a mention, or why it cannot be one. */
export function toMention(item: FeedItem, feed: FeedContext): FoundMention | { reason: string } {
  const text = textOf(item);
  if (!text) return { reason: 'The item has neither title nor text.' };

  const saidAt = readDate(item.published, feed.now);
  const editedAt = readDate(item.updated, feed.now);
  const edited = saidAt !== undefined && editedAt !== undefined && editedAt > saidAt;
  return {
    nativeId: nativeIdOf(item, feed.url),
    author: authorOf(item, feed.url),
    text,
    permission: PERMISSION,
    place: feed.title.slice(0, 120) || new URL(feed.url).host,
    attachments: item.attachments,
    ...(saidAt !== undefined && { saidAt }),
    ...(edited && { editedAt }),
    ...(item.url && { url: item.url, conversationId: conversationOf(item.url) }),
    ...(item.answers && { parentId: scoped(item.answers, feed.url) }),
    ...(item.lang && /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i.test(item.lang) && { langHint: item.lang }),
  };
}

/** The item's own id, else its address, else a hash of what it says; always bound to the feed. */
export function nativeIdOf(item: FeedItem, feedUrl: string): string {
  const own = item.id?.trim() || item.url;
  return scoped(own || `#${hash(`${item.title}\0${item.published ?? item.body}`)}`, feedUrl);
}

/** Which items an operator wants: not our own, and with a keyword if there are any. */
export function wantedBy({ keywords, ourNames }: Options): (mention: FoundMention) => boolean {
  const isWanted = holdsOneOf(keywords);
  const ours = new Set(ourNames.map(fold));
  return ({ text, author }) => {
    if ([author.name, author.handle].some((name) => name !== undefined && ours.has(fold(name)))) return false;
    return isWanted(text);
  };
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function scoped(id: string, feedUrl: string): string {
  const clean = cleanText(id);
  return `${hash(feedUrl)}:${clean.length > 300 ? hash(clean) : clean}`;
}

/** People of different sites stay different people, even by the same name. */
function authorOf({ author }: FeedItem, feedUrl: string): Author {
  const name = author?.handle ?? author?.name;
  return name ? { id: `${new URL(feedUrl).host}/${name}`, ...author } : { id: 'unknown' };
}

/** Discourse ends topic items with a count and a link of its own. */
const FOOTER = /\n+\d+ posts? - \d+ participants?\n+Read full topic$/;

function textOf({ title, body }: FeedItem): string {
  const said = body.replace(FOOTER, '');
  if (!title) return said;
  if (!said) return title;
  return startsWith(said, title) ? said : `${title}\n${said}`;
}

/** Microblogs and mailing lists repeat the first words as the title, often cut off with dots. */
function startsWith(body: string, title: string): boolean {
  const words = title.replace(/\s*(?:…|\.\.\.)$/, '').replace(/\s+/g, ' ');
  const start = body.slice(0, words.length * 2 + 100).replace(/\s+/g, ' ');
  const breaksAWord = words === title && /[a-z\d]$/i.test(words) && /^[a-z\d]/i.test(start.slice(words.length));
  return start.startsWith(words) && !breaksAWord;
}

function readDate(written: string | undefined, now: Instant): Instant | undefined {
  const at = written === undefined ? undefined : parseDate(written);
  return at !== undefined && at >= EARLIEST && at <= now ? at : undefined;
}
