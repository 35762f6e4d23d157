/** The calls, each with its answer checked. */
import { answerAs, type Env, failureOf, parseJson, type ReplyOrder, type Secret, type z } from '#kit';
import { type Made, Made as MadeShape, Me, Own, Posts } from './messages.ts';
import type { Options } from './settings.ts';

type SecretName = 'apiKey';

/** Speaks the platform's JSON API. One method per call, each with its answer checked. */
export class TemplateClient {
  readonly options: Options;
  readonly #key: Secret;
  readonly #http: Env<Options, SecretName>['http'];
  readonly now: () => number;

  constructor({ options, secrets, http, now }: Env<Options, SecretName>) {
    this.options = options;
    this.#key = secrets.apiKey;
    this.#http = http;
    this.now = now;
  }

  me(signal: AbortSignal) {
    return this.#call('GET', '/api/me', Me, signal);
  }

  /** Posts with the search words and an id above `after`, lowest first. */
  posts(after: string, signal: AbortSignal) {
    const { search, pageSize } = this.options;
    const query = new URLSearchParams({ q: search, after, limit: String(pageSize) });
    return this.#call('GET', `/api/posts?${query}`, Posts, signal);
  }

  /** Our own posts that answer this one. */
  ownReplies(to: string, signal: AbortSignal) {
    return this.#call('GET', `/api/posts?${new URLSearchParams({ mine: '1', reply_to: to })}`, Own, signal);
  }

  reply({ text, nativeId, conversationId }: ReplyOrder, signal: AbortSignal): Promise<Made> {
    const body = { topic_id: conversationId, reply_to: nativeId, body: text };
    return this.#call('POST', '/api/posts', MadeShape, signal, body);
  }

  async #call<T>(
    method: 'GET' | 'POST',
    path: string,
    shape: z.ZodType<T>,
    signal: AbortSignal,
    body?: object,
  ): Promise<T> {
    const response = await this.#http.request({
      url: this.options.address.replace(/\/$/, '') + path,
      method,
      headers: {
        authorization: `Bearer ${this.#key.reveal()}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      signal,
      ...(body && { body: JSON.stringify(body) }),
    });
    const failure = failureOf(response, { what: 'The platform', now: this.now(), sending: method !== 'GET' });
    if (failure) throw failure;
    const raw = new TextDecoder().decode(response.bytes);
    return answerAs(shape, parseJson(raw), { what: `${method} ${path.split('?')[0]}`, by: 'the platform', raw });
  }
}
