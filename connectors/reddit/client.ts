/** The questions we put to Reddit, each with its answer checked: to the API, or to its feeds where there is no key. */
import { parseAtomFeed } from 'feedsmith';
import { ConnectorError, type Env, htmlToText, type Instant, inTurn, parseDate, type ReplyOrder } from '#kit';
import { type Access, accessBy, assertSomethingToHear, Carrier, refusalOf, restAfter } from './access.ts';
import { Commented, Listing, Me, Standing } from './messages.ts';
import type { Options, SecretName } from './settings.ts';

/** How long we rely on what we know of our rights in a subreddit. */
const STANDING_MS = 3_600_000;
/** Reddit shows about 1,000 items of a listing, less those deleted. */
const CUT_OFF_AT = 900;

/** The calls we make, each with its answer checked. */
export class RedditApi {
  readonly access: Access;
  readonly #carrier: Carrier;
  readonly #feeds: Feeds;
  readonly #standings = new Map<string, { standing: Standing | undefined; at: number }>();
  #me: Me | undefined;

  /** @throws ConnectorError `unauthorized` where the secrets do not belong together, or leave nothing to hear */
  constructor(env: Env<Options, SecretName>) {
    this.access = accessBy(env.secrets);
    assertSomethingToHear(this.access, env.options);
    this.#carrier = new Carrier(env, this.access);
    this.#feeds = new Feeds(env);
  }

  get options() {
    return this.#carrier.options;
  }

  /** What the last answer said of it. */
  get allowance() {
    return this.#carrier.allowance;
  }

  now(): number {
    return this.#carrier.now();
  }

  /** Does the key hold this right? Known after the first request. Without an account everything beyond reading is closed. */
  may(scope: string): boolean {
    return this.access === 'account' && this.#carrier.may(scope);
  }

  /** A listing that ends with fewer items than this shows all there is; Reddit cuts longer ones off. */
  get cutOffAt(): number {
    return this.access === 'feeds' ? SURELY_HELD : CUT_OFF_AT;
  }

  /** Proves the key of an app without an account. */
  prove(signal: AbortSignal): Promise<void> {
    return this.#carrier.prove(signal);
  }

  async me(signal: AbortSignal): Promise<Me> {
    this.#assertAccount();
    this.#me = await this.#carrier.ask({ what: 'Our account', uri: '/api/v1/me' }, Me, signal);
    return this.#me;
  }

  /** One page of a listing. */
  listing(what: string, uri: string, qs: Record<string, string | number>, signal: AbortSignal): Promise<Listing> {
    if (this.access === 'feeds') return this.#feeds.listing(what, uri, qs, signal);
    return this.#carrier.ask({ what, uri, qs }, Listing, signal);
  }

  /** Things by their full ids, at most 100. What Reddit does not know is left out of the answer. */
  things(ids: readonly string[], signal: AbortSignal): Promise<Listing> {
    return this.listing('Known messages', '/api/info', { id: ids.join(',') }, signal);
  }

  async ownComments(qs: Record<string, string | number>, signal: AbortSignal): Promise<Listing> {
    const { name } = this.#me ?? (await this.me(signal));
    return this.listing('Our own comments', `/user/${encodeURIComponent(name)}/comments`, qs, signal);
  }

  async comment({ nativeId, text }: ReplyOrder, signal: AbortSignal): Promise<Commented> {
    this.#assertAccount();
    const form = { api_type: 'json', thing_id: nativeId, text };
    return this.#carrier.ask({ what: 'The reply', uri: '/api/comment', form }, Commented, signal);
  }

  #assertAccount(): void {
    if (this.access === 'account') return;
    const message =
      'No account is set to speak as on Reddit. Set REDDIT_REFRESH_TOKEN and start again, or post it by hand.';
    throw new ConnectorError('unauthorized', message);
  }

  /** How our account stands in subreddits, asked at most once an hour for each. */
  async standings(ids: readonly string[], signal: AbortSignal): Promise<(id: string) => Standing | undefined> {
    const now = this.#carrier.now();
    const unknown = [...new Set(ids)].filter((id) => now - (this.#standings.get(id)?.at ?? 0) > STANDING_MS);
    if (unknown.length > 0) {
      const { data } = await this.things(unknown.slice(0, 100), signal);
      for (const id of unknown) this.#standings.set(id, { standing: undefined, at: now });
      for (const child of data.children) {
        const standing = Standing.safeParse(child).data?.data;
        if (standing) this.#standings.set(standing.name, { standing, at: now });
      }
    }
    return (id) => this.#standings.get(id)?.standing;
  }
}

/** The most that is asked for, and what every feed surely holds if there is that much. */
const ASKED = 100;
const SURELY_HELD = 25;

/**
 * The feeds that Reddit publishes without a key, as listings: under the same ids as in the API, so that an approved app
 * goes on where the feeds left off. One request at a time, and none before Reddit has said that it may come: without a key
 * that is about one in a minute.
 */
class Feeds {
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
