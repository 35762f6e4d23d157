import { type Attachment, type Author, cleanText, htmlToText, markupToText, safeUrl } from '#kit';
import type { ParsedFeed } from './mend.ts';

/** One item of any format, with the fields we use. Texts are plain, dates as they came. */
export interface FeedItem {
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

export interface FeedHead {
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
