import type { ReplyOrder } from '#kit';
import type { RedditClient } from './client.ts';
import { Commented, Listing, Me, Standing } from './schema.ts';

/** How long we rely on what we know of our rights in a subreddit. */
const STANDING_MS = 3_600_000;

/** The calls we make, each with its answer checked. */
export class RedditApi {
  readonly #client: RedditClient;
  readonly #standings = new Map<string, { standing: Standing | undefined; at: number }>();
  #me: Me | undefined;

  constructor(client: RedditClient) {
    this.#client = client;
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

  /** Does the key hold this right? Known after the first request. */
  may(scope: string): boolean {
    return this.#client.may(scope);
  }

  async me(signal: AbortSignal): Promise<Me> {
    this.#me = await this.#client.ask({ what: 'Our account', uri: '/api/v1/me' }, Me, signal);
    return this.#me;
  }

  /** One page of a listing. */
  listing(what: string, uri: string, qs: Record<string, string | number>, signal: AbortSignal): Promise<Listing> {
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

  comment({ nativeId, text }: ReplyOrder, signal: AbortSignal): Promise<Commented> {
    const form = { api_type: 'json', thing_id: nativeId, text };
    return this.#client.ask({ what: 'The reply', uri: '/api/comment', form }, Commented, signal);
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
