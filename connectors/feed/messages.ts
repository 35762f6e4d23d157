/** What a feed says: items of every format, each as a mention, and which topic its address names. */
import { createHash } from 'node:crypto';
import {
  type Attachment,
  type Author,
  cleanText,
  type FoundMention,
  fold,
  holdsOneOf,
  htmlToText,
  type Instant,
  markupToText,
  parseDate,
  safeUrl,
} from '#kit';
import type { ParsedFeed } from './client.ts';
import type { Options } from './settings.ts';

/** What an item's mention needs to know of its feed. */
interface FeedContext {
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
function nativeIdOf(item: FeedItem, feedUrl: string): string {
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

/**
 * What the address of a post says about its topic. Each pattern's first group names the topic on its site; the post's
 * number, slug and page are left behind.
 */
const TOPICS: readonly RegExp[] = [
  // Discourse /t/slug/123/4 and /t/123/4, V2EX /t/123
  /^(.*\/t\/)(?:(?!\d+(?:\/|$))[^/]+\/)?(\d+)(?:\/\d+)?\/?$/,
  // NodeBB /topic/123/slug/4
  /^(.*\/topic\/)(\d+)(?:\/.*)?$/,
  // Stack Exchange /questions/123/slug/456
  /^(.*\/questions\/)(\d+)(?:\/.*)?$/,
  // Flarum /d/123-slug/4
  /^(.*\/d\/)(\d+)(?:-[^/]*)?(?:\/.*)?$/,
  // XenForo /threads/slug.123/post-4
  /^(.*\/threads\/)(?:[^/]*\.)?(\d+)(?:\/.*)?$/,
  // Reddit and Lemmy-like /r/place/comments/abc/slug/def
  /^(.*\/comments\/)([a-z\d]+)(?:\/.*)?$/,
  // Discuz /thread-123-1-1.html
  /^(.*\/thread-)(\d+)(?:-\d+)*\.html$/,
];

/** Topics by a query parameter: phpBB `viewtopic.php?t=`, Discuz `forum.php?mod=viewthread&tid=`. */
const PARAMETERS: readonly [RegExp, string][] = [
  [/\/viewtopic\.php$/, 't'],
  [/\/forum\.php$/, 'tid'],
  [/\/showthread\.php$/, 't'],
];

/** The same text for all posts of one topic, where the address tells; else the address without its fragment. */
export function conversationOf(address: string): string {
  const url = new URL(address);
  for (const [path, name] of PARAMETERS) {
    const id = path.test(url.pathname) ? url.searchParams.get(name) : null;
    if (id) return `${url.origin}${url.pathname}?${name}=${id}`;
  }
  for (const topic of TOPICS) {
    const match = topic.exec(url.pathname);
    if (match) return `${url.origin}${match[1]}${match[2]}`;
  }
  url.hash = '';
  return url.href;
}

/** One item of any format, with the fields we use. Texts are plain, dates as they came. */
interface FeedItem {
  id?: string | undefined;
  /** Absolute, http or https. */
  url?: string | undefined;
  title: string;
  body: string;
  author?: Omit<Author, 'id'> | undefined;
  published?: string | undefined;
  updated?: string | undefined;
  /** The id that this item answers, as Atom threading names it. */
  answers?: string | undefined;
  attachments: Attachment[];
  lang?: string | undefined;
}

interface FeedHead {
  title: string;
  items: FeedItem[];
}

type Of<Format extends ParsedFeed['format']> = Extract<ParsedFeed, { format: Format }>['feed'];
type ItemOf<List> = List extends { items?: (infer Item)[] } ? Item : never;
type RssItem = ItemOf<Of<'rss'>>;
type RdfItem = ItemOf<Of<'rdf'>>;
type JsonItem = ItemOf<Of<'json'>>;
type AtomEntry = NonNullable<Of<'atom'>['entries']>[number];

/** A feed of any format in one shape. `address` is where it was read; relative links start there. */
export function understand(parsed: ParsedFeed, address: string): FeedHead {
  switch (parsed.format) {
    case 'rss':
    case 'rdf': {
      const { feed } = parsed;
      const base = resolve(feed.link, address);
      const lang = 'language' in feed ? feed.language : undefined;
      const items: (RssItem | RdfItem)[] = feed.items ?? [];
      return { title: lineOf(feed.title), items: items.map((item) => fromRss(item, base, lang)) };
    }
    case 'atom': {
      const { feed } = parsed;
      const base = resolve(feed.xml?.base, address);
      const author = personOf(feed.authors?.[0], base);
      return {
        title: atomText(feed.title, base),
        items: (feed.entries ?? []).map((entry) => fromAtom(entry, base, author, feed.xml?.lang)),
      };
    }
    case 'json': {
      const { feed } = parsed;
      const base = resolve(feed.home_page_url, address);
      const author = personOf(feed.authors?.[0], base);
      return {
        title: cleanText(feed.title ?? ''),
        items: (feed.items ?? []).map((item) => fromJson(item, base, author, feed.language)),
      };
    }
  }
}

function fromRss(item: RssItem | RdfItem, feedBase: string, feedLang: string | undefined): FeedItem {
  const base = resolve(item.xml?.base, feedBase);
  const guid = 'guid' in item ? item.guid : undefined;
  const permalink = guid && guid.isPermaLink !== false ? guid.value : undefined;
  const creator = item.dc?.creators?.[0];
  const author = 'authors' in item ? item.authors?.[0] : undefined;
  const enclosures = 'enclosures' in item ? (item.enclosures ?? []) : [];
  return {
    id: guid?.value ?? ('rdf' in item ? item.rdf?.about : undefined),
    // A guid is an address only when it says so in full: "4711" would become one relative to the feed.
    url: safeUrl(item.link, base) ?? safeUrl(permalink),
    title: lineOf(item.title),
    body: markupToText(item.content?.encoded || item.description || '', base),
    author: personOf(author, base) ?? personOf(creator ? { name: creator } : undefined, base),
    published: ('pubDate' in item ? item.pubDate : undefined) ?? item.dc?.dates?.[0] ?? item.atom?.published,
    updated: item.atom?.updated,
    answers: 'thr' in item ? item.thr?.inReplyTos?.[0]?.ref : undefined,
    attachments: attached(enclosures, base),
    lang: item.dc?.languages?.[0] ?? feedLang,
  };
}

function fromAtom(
  entry: AtomEntry,
  feedBase: string,
  feedAuthor: FeedItem['author'],
  feedLang: string | undefined,
): FeedItem {
  const base = resolve(entry.xml?.base, feedBase);
  const links = entry.links ?? [];
  const page =
    links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links.find(({ rel }) => rel === 'self');
  const enclosures = links.filter(({ rel }) => rel === 'enclosure').map(({ href, type }) => ({ url: href, type }));
  return {
    id: entry.id,
    url: safeUrl(page?.href, base) ?? safeUrl(entry.id),
    title: atomText(entry.title, base).replace(/\s+/g, ' '),
    body: atomText(entry.content, base) || atomText(entry.summary, base),
    author: personOf(entry.authors?.[0], base) ?? feedAuthor,
    published: entry.published ?? entry.updated,
    updated: entry.updated,
    answers: entry.thr?.inReplyTos?.[0]?.ref,
    attachments: attached(enclosures, base),
    lang: entry.xml?.lang ?? feedLang,
  };
}

function fromJson(
  item: JsonItem,
  base: string,
  feedAuthor: FeedItem['author'],
  feedLang: string | undefined,
): FeedItem {
  const attachments = (item.attachments ?? []).map(({ url, mime_type }) => ({ url, type: mime_type }));
  return {
    id: item.id,
    url: safeUrl(item.url, base) ?? safeUrl(item.external_url, base),
    title: cleanText(item.title ?? '').replace(/\s+/g, ' '),
    body: item.content_html ? htmlToText(item.content_html, base) : cleanText(item.content_text ?? item.summary ?? ''),
    author: personOf(item.authors?.[0], base) ?? feedAuthor,
    published: item.date_published,
    updated: item.date_modified,
    attachments: attached(attachments, base),
    lang: item.language ?? feedLang,
  };
}

interface Person {
  name?: string;
  email?: string;
  uri?: string;
  url?: string;
  link?: string;
}

/** A mail address is nobody's public name: only what stands before the @ is kept. */
function personOf(person: Person | undefined, base: string): FeedItem['author'] {
  if (!person) return undefined;
  const written = lineOf(person.name) || cleanText(person.email ?? '');
  const name = written.replace(/^(\S+)@\S+\.\S+$/, '$1').slice(0, 200);
  if (!name) return undefined;
  const handle = /^@([\w.-]+)/.exec(name)?.[1];
  const url = safeUrl(person.uri ?? person.url ?? person.link, base);
  return { name: name.replace(/^@/, ''), ...(handle && { handle }), ...(url && { url }) };
}

interface Text {
  value?: string;
  type?: string;
  xml?: { base?: string };
}

/** Atom says what a text is: HTML, XHTML, or plain (the default), where `<` is just a character. */
function atomText(text: Text | undefined, base: string): string {
  if (!text?.value) return '';
  const isHtml = /html/i.test(text.type ?? '');
  return isHtml ? htmlToText(text.value, resolve(text.xml?.base, base)) : cleanText(text.value);
}

/** RSS does not say whether a title is HTML; it is always one line. */
function lineOf(text: string | undefined): string {
  return markupToText(text ?? '').replace(/\s+/g, ' ');
}

function resolve(base: string | undefined, against: string): string {
  return safeUrl(base, against) ?? against;
}

function attached(
  files: readonly { url?: string | undefined; type?: string | undefined }[],
  base: string,
): Attachment[] {
  return files.flatMap(({ url, type }) => {
    const address = safeUrl(url, base);
    return address ? [{ url: address, ...(type && { type: cleanText(type).slice(0, 100) }) }] : [];
  });
}
