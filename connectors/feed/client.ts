/** Fetching feeds, and reading what comes, broken XML included. */
import { parseFeed } from 'feedsmith';
import { ConnectorError, decodeBytes, type Env, failureOf, looksLikeHtml } from '#kit';
import type { FeedState, Options } from './settings.ts';

/** What a feed's server said. */
export type Answer =
  | { kind: 'unchanged' }
  | { kind: 'gone' }
  | {
      kind: 'document';
      reading: Reading;
      /** Where it was read, for relative links. */
      address: string;
      etag?: string;
      lastModified?: string;
      movedTo?: string;
    };

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** Fetches feeds, one at a time. Knows HTTP and nothing of what is in them. */
export class FeedClient {
  readonly options: Options;
  readonly now: () => number;
  readonly #http: Env<Options, never>['http'];

  constructor({ options, http, now }: Env<Options, never>) {
    this.options = options;
    this.now = now;
    this.#http = http;
  }

  /**
   * Reads one feed, or learns that nothing changed since `state`.
   *
   * @throws ConnectorError of any kind but `unknown-outcome`.
   */
  async fetch(url: string, state: FeedState | undefined, signal: AbortSignal): Promise<Answer> {
    const what = `The feed ${url}`;
    const response = await this.#http.request({
      url: state?.movedTo ?? url,
      headers: {
        accept: ACCEPT,
        ...(state?.etag && { 'if-none-match': state.etag }),
        ...(state?.lastModified && { 'if-modified-since': state.lastModified }),
      },
      maxBytes: this.options.maxBytes,
      signal,
    });
    if (response.status === 304 && (state?.etag || state?.lastModified)) return { kind: 'unchanged' };
    if (response.status === 410) return { kind: 'gone' };
    const failure = failureOf(response, { what, now: this.now() });
    if (failure) throw failure;

    const text = decodeBytes(response.bytes, response.headers.get('content-type'));
    if (looksLikeHtml(response)) {
      throw new ConnectorError(
        'bad-shape',
        `${what} answers with a web page: a sign-in or block page, or the address of a site instead of its feed.`,
        { raw: text },
      );
    }
    const etag = response.headers.get('etag');
    const lastModified = response.headers.get('last-modified');
    return {
      kind: 'document',
      reading: readFeed(text),
      address: response.url,
      ...(etag && { etag }),
      ...(lastModified && { lastModified }),
      ...(response.movedTo && { movedTo: response.movedTo }),
    };
  }
}

export type ParsedFeed = ReturnType<typeof parseFeed<string>>;

interface Reading {
  /** One, or, after mending, one per whole item, each with the head of the document. */
  feeds: ParsedFeed[];
  /** For each part of a broken document that could not be read, why. */
  torn: string[];
  /** False when the document was broken: what it holds may not be all. */
  whole: boolean;
}

/**
 * Reads RSS, Atom, RDF or JSON Feed. Broken XML (a document cut off half way, a tag that never closes, a forbidden
 * document type) gives the items that are whole.
 *
 * @throws ConnectorError `bad-shape` when it is no feed, or not one item can be saved.
 */
export function readFeed(text: string): Reading {
  const parsed = tryParse(text);
  if (parsed) return { feeds: [parsed], torn: [], whole: true };

  const root = /<(rss|feed|rdf:RDF)(?=[\s>])[^>]*>/i.exec(text);
  if (!root) throw new ConnectorError('bad-shape', notAFeed(text), { raw: text });
  const { items, torn, start } = wholeItems(text, root.index + root[0].length);
  const shell = shellOf(root[0], root[1] ?? '', text.slice(root.index + root[0].length, start));

  const feeds: ParsedFeed[] = [];
  const reasons = Array.from({ length: torn }, () => 'The feed breaks off inside this item.');
  for (const item of items) {
    const feed = tryParse(shell.head + item + shell.foot);
    if (feed) feeds.push(feed);
    else reasons.push(`The XML of this item is broken: ${item.replace(/\s+/g, ' ').slice(0, 120)}`);
  }
  if (feeds.length === 0) {
    throw new ConnectorError('bad-shape', 'The XML of the feed is broken, and no item in it is whole.', { raw: text });
  }
  return { feeds, torn: reasons, whole: false };
}

function tryParse(text: string): ParsedFeed | undefined {
  try {
    return parseFeed<string>(text);
  } catch {
    // Which of its errors it was makes no difference: what follows is the second pass or "not a feed".
    return undefined;
  }
}

function notAFeed(text: string): string {
  return text.trim() === ''
    ? 'The answer is empty. A feed without news would still have a frame.'
    : 'This is no RSS, Atom, RDF or JSON Feed. Check the address.';
}

/** What goes before and after one item so that it is a feed of its own. Of a broken head, what is whole stays. */
function shellOf(root: string, name: string, head: string): { head: string; foot: string } {
  const foot = name.toLowerCase() === 'rss' ? '</channel></rss>' : `</${name}>`;
  if (tryParse(root + head + foot)) return { head: root + head, foot };
  const whole = [...head.matchAll(/<(title|link)>[^<]{0,2000}<\/\1>/g)].map(([element]) => element).join('');
  return { head: root + (name.toLowerCase() === 'rss' ? '<channel>' : '') + whole, foot };
}

/**
 * Cuts the items out without parsing: by their tags, blind to comments and CDATA. One pass, so that no document can make
 * it slow.
 */
function wholeItems(xml: string, from: number): { items: string[]; torn: number; start: number } {
  const mark = /<!\[CDATA\[|<!--|<(\/?)(?:item|entry)(?=[\s>/])/g;
  mark.lastIndex = from;
  const items: string[] = [];
  let torn = 0;
  let open = -1;
  let start = xml.length;
  for (let match = mark.exec(xml); match; match = mark.exec(xml)) {
    const [tag, slash] = match;
    const end = xml.indexOf(tag === '<![CDATA[' ? ']]>' : tag === '<!--' ? '-->' : '>', mark.lastIndex);
    if (end < 0) break;
    mark.lastIndex = end + 1;
    if (slash === undefined) continue;
    if (slash === '') {
      if (open >= 0) torn++;
      open = match.index;
      start = Math.min(start, open);
    } else if (open >= 0) {
      items.push(xml.slice(open, end + 1));
      open = -1;
    }
  }
  return { items, torn: torn + (open >= 0 ? 1 : 0), start };
}
