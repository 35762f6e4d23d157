/** The way to one forum: JSON over HTTP, each answer checked. */
import {
  answerAs,
  ConnectorError,
  type Env,
  failureOf,
  type HttpResponse,
  looksLikeHtml,
  parseJson,
  type z,
} from '#kit';
import type { Options, SECRETS } from './index.ts';

type World = Env<Options, keyof typeof SECRETS>;

export interface Question {
  /** To begin a sentence with: "The newest posts". */
  what: string;
  path: string;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** Makes it a POST. */
  body?: object;
  /** What stands for the answer where the forum gives one of these. */
  missingIs?: Record<number, string>;
  /** Reads the forum's own words for "no". Asked before the status is. */
  refusal?: (response: HttpResponse, said: unknown) => ConnectorError | undefined;
}

/** The way to one forum: JSON over HTTP, each answer checked. Knows no software in particular. */
export class ForumClient {
  readonly options: Options;
  readonly host: string;
  readonly now: () => number;
  readonly #env: World;
  readonly #base: string;
  readonly #quiet = new Map<string, { until: number; why: string }>();

  constructor(env: World) {
    this.#env = env;
    this.options = env.options;
    this.now = env.now;
    this.#base = env.options.address.replace(/\/+$/, '');
    this.host = new URL(this.#base).host;
  }

  get hasKey(): boolean {
    return this.key() !== '';
  }

  /** For the header or the query of a request, and for nothing else. Empty where none is set. */
  key(): string {
    const { software, useKey } = this.options;
    return useKey ? this.#env.secrets[software].reveal() : '';
  }

  /** An address a person can open. */
  url(path: string): string {
    return this.#base + path;
  }

  /** Unique over all forums: two of them may count their posts alike. */
  nativeId(id: string): string {
    return `${this.host}/${id}`;
  }

  /** The forum's own id, or undefined for a post of another forum. */
  ownId(nativeId: string): string | undefined {
    return nativeId.startsWith(`${this.host}/`) ? nativeId.slice(this.host.length + 1) : undefined;
  }

  /** Asks for nothing of this kind (a path) before then. */
  leaveAlone(kind: string, until: number, why: string): void {
    this.#quiet.set(kind, { until, why });
  }

  /** @throws ConnectorError of any kind; with a body in the question, as a send */
  async ask<T>(question: Question, shape: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const { what, body } = question;
    this.#assertMayAsk(question.path);
    const response = await this.#request(question, signal);
    // A block page says nothing about the thing behind it.
    const missing = looksLikeHtml(response) ? undefined : question.missingIs?.[response.status];
    const said = missing ?? parseJson(response.bytes);
    const asked = { what, now: this.now(), sending: body !== undefined };
    const failure = question.refusal?.(response, said) ?? failureOf(response, asked);
    if (failure && missing === undefined) throw failure;
    const raw = new TextDecoder().decode(response.bytes.subarray(0, 2000));
    if (said !== undefined || !looksLikeHtml(response)) return answerAs(shape, said, { what, by: 'the forum', raw });
    const wrong = `${what}: the forum shows a web page instead of data, such as a sign-in or a block page. Open ${this.#base} in a browser to see which.`;
    throw new ConnectorError('bad-shape', wrong, { raw });
  }

  #request({ path, query = {}, headers, body }: Question, signal: AbortSignal): Promise<HttpResponse> {
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const search = pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
    return this.#env.http.request({
      url: this.#base + path + search,
      method: body ? 'POST' : 'GET',
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
      signal,
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  #assertMayAsk(path: string): void {
    for (const [kind, { until, why }] of this.#quiet) {
      if (until <= this.now()) this.#quiet.delete(kind);
      else if (path.startsWith(kind)) throw new ConnectorError('rate-limited', why, { until });
    }
  }
}

/** What a forum says, as a sentence. */
export function sentence(words: string): string {
  const clean = words.replace(/<[^<>]*>/g, '').trim() || 'The forum says no';
  return /[.!?。！？]$/.test(clean) ? clean : `${clean}.`;
}
