import { ConnectorError, decodeBytes, type Env, failureOf, looksLikeHtml } from '#kit';
import { type Reading, readFeed } from './mend.ts';
import type { FeedState, Options } from './options.ts';

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
