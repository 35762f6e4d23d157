import { ConnectorError, type Env, type ReplyOrder } from '#kit';
import { type Access, accessBy, assertSomethingToHear, type SecretName } from './access.ts';
import { RedditClient } from './client.ts';
import { RedditFeeds, SURELY_HELD } from './feeds.ts';
import type { Options } from './options.ts';
import { Commented, Listing, Me, Standing } from './schema.ts';

/** How long we rely on what we know of our rights in a subreddit. */
const STANDING_MS = 3_600_000;
/** Reddit shows about 1,000 items of a listing, less those deleted. */
const CUT_OFF_AT = 900;

/** The calls we make, each with its answer checked. */
export class RedditApi {
  readonly access: Access;
  readonly #client: RedditClient;
  readonly #feeds: RedditFeeds;
  readonly #standings = new Map<string, { standing: Standing | undefined; at: number }>();
  #me: Me | undefined;

  /** @throws ConnectorError `unauthorized` where the secrets do not belong together, or leave nothing to hear */
  constructor(env: Env<Options, SecretName>) {
    this.access = accessBy(env.secrets);
    assertSomethingToHear(this.access, env.options);
    this.#client = new RedditClient(env, this.access);
    this.#feeds = new RedditFeeds(env);
  }

  get options() {
    return this.#client.options;
  }

  /** What the last answer said of it. */
  get allowance() {
    return this.#client.allowance;
  }

  now(): number {
    return this.#client.now();
  }

  /** Does the key hold this right? Known after the first request. Without an account everything beyond reading is closed. */
  may(scope: string): boolean {
    return this.access === 'account' && this.#client.may(scope);
  }

  /** A listing that ends with fewer items than this shows all there is; Reddit cuts longer ones off. */
  get cutOffAt(): number {
    return this.access === 'feeds' ? SURELY_HELD : CUT_OFF_AT;
  }

  /** Proves the key of an app without an account. */
  prove(signal: AbortSignal): Promise<void> {
    return this.#client.prove(signal);
  }

  async me(signal: AbortSignal): Promise<Me> {
    this.#assertAccount();
    this.#me = await this.#client.ask({ what: 'Our account', uri: '/api/v1/me' }, Me, signal);
    return this.#me;
  }

  /** One page of a listing. */
  listing(what: string, uri: string, qs: Record<string, string | number>, signal: AbortSignal): Promise<Listing> {
    if (this.access === 'feeds') return this.#feeds.listing(what, uri, qs, signal);
    return this.#client.ask({ what, uri, qs }, Listing, signal);
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
    return this.#client.ask({ what: 'The reply', uri: '/api/comment', form }, Commented, signal);
  }

  #assertAccount(): void {
    if (this.access === 'account') return;
    const message =
      'No account is set to speak as on Reddit. Set REDDIT_REFRESH_TOKEN and start again, or post it by hand.';
    throw new ConnectorError('unauthorized', message);
  }

  /** How our account stands in subreddits, asked at most once an hour for each. */
  async standings(ids: readonly string[], signal: AbortSignal): Promise<(id: string) => Standing | undefined> {
    const now = this.#client.now();
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
