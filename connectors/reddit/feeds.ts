import { parseAtomFeed } from 'feedsmith';
import { ConnectorError, type Env, htmlToText, type Instant, inTurn, parseDate } from '#kit';
import { refusalOf, restAfter } from './failures.ts';
import type { Options } from './options.ts';
import type { Listing } from './schema.ts';

/** The most that is asked for, and what every feed surely holds if there is that much. */
const ASKED = 100;
export const SURELY_HELD = 25;

/**
 * The feeds that Reddit publishes without a key, as listings: under the same ids as in the API, so that an approved app
 * goes on where the feeds left off. One request at a time, and none before Reddit has said that it may come: without a key
 * that is about one in a minute.
 */
export class RedditFeeds {
  readonly #env: Pick<Env<Options, never>, 'http' | 'now' | 'options'>;
  readonly #inTurn = inTurn();
  #restUntil: Instant = 0;

  constructor(env: Pick<Env<Options, never>, 'http' | 'now' | 'options'>) {
    this.#env = env;
  }

  /** @throws ConnectorError */
  listing(what: string, uri: string, qs: Record<string, string | number>, signal: AbortSignal): Promise<Listing> {
    return this.#inTurn(signal, async () => {
      const { http, now, options } = this.#env;
      if (this.#restUntil > now()) {
        const message =
          'Reddit lets nobody without a key read more for now. Earshot waits as told and goes on by itself.';
        throw new ConnectorError('rate-limited', message, { until: this.#restUntil });
      }
      const path = uri.endsWith('/search') ? `${uri}.rss` : `${uri}/.rss`;
      const url = new URL(options.siteAddress.replace(/\/+$/, '') + path);
      for (const [name, value] of Object.entries({ ...qs, limit: ASKED })) url.searchParams.set(name, String(value));
      const headers = { accept: 'application/atom+xml', 'user-agent': options.userAgent };
      const response = await http.request({ url: url.href, headers, signal });
      this.#restUntil = restAfter(response.headers, now()) ?? 0;
      const refused = refusalOf(response, { what, now: now() });
      if (refused) throw refused;
      return listingOf(what, new TextDecoder().decode(response.bytes));
    });
  }
}

type Entry = NonNullable<ReturnType<typeof parseAtomFeed<string>>['entries']>[number];

function listingOf(what: string, text: string): Listing {
  try {
    const { entries = [] } = parseAtomFeed<string>(text);
    return { kind: 'Listing', data: { after: null, children: entries.map(thingOf) } };
  } catch (thrown) {
    const message = `${what}: Reddit's answer is no feed. It is tried again.`;
    throw new ConnectorError('bad-shape', message, { raw: text, cause: thrown });
  }
}

/** An entry as the API would show it, as far as a feed tells. */
function thingOf({ id = '', authors, title, content, links, published, updated, categories }: Entry): unknown {
  const link = links?.[0]?.href ?? '';
  const said = parseDate(published ?? updated ?? '');
  const words = textOf(content?.value ?? '');
  const thread = /\/comments\/([a-z\d]+)\//.exec(link)?.[1];
  const isPost = id.startsWith('t3_');
  return {
    kind: id.slice(0, 2),
    data: {
      name: id,
      author: authors?.[0]?.name?.replace(/^\/?u\//, '') ?? '',
      created_utc: said === undefined ? undefined : said / 1000,
      permalink: link,
      subreddit: categories?.[0]?.term,
      ...(isPost ? { title: title?.value, selftext: words } : { body: words, link_id: thread && `t3_${thread}` }),
    },
  };
}

/** What the author wrote stands between these marks; the rest is Reddit's own: "submitted by", "link", "comments". */
function textOf(html: string): string {
  const [, own = ''] = /<!-- SC_OFF -->([\s\S]*?)<!-- SC_ON -->/.exec(html) ?? [];
  return htmlToText(own, 'https://www.reddit.com');
}
