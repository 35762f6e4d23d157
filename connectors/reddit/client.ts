import { answerAs, ConnectorError, type Env, type HttpRequest, type HttpResponse, inTurn, parseJson, z } from '#kit';
import type { Access, SecretName } from './access.ts';
import { allowanceIn, Closed, refusalOf, restAfter, tokenRefused } from './failures.ts';
import type { Options } from './options.ts';

type World = Env<Options, SecretName>;

/** What snoowrap hands to `rawRequest`, as far as we use it. */
interface Carried {
  method?: string;
  baseUrl: string;
  uri: string;
  qs?: Record<string, string | number>;
  form?: Record<string, string>;
  headers: Record<string, string>;
  auth: { bearer?: string; user?: string; pass?: string };
}
export interface Question {
  what: string;
  uri: string;
  qs?: Record<string, string | number>;
  form?: Record<string, string>;
}
/** The part of snoowrap that is used: it fetches access tokens and signs requests. */
interface Door {
  accessToken: string;
  scope: string[];
  oauthRequest(options: object): PromiseLike<unknown>;
  updateAccessToken(): PromiseLike<unknown>;
}

/** 100 posts of 40,000 Chinese characters, and what stands around them. */
const LARGEST_PAGE = 32 * 1024 * 1024;

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number(), scope: z.string() });

/** The way to Reddit: signs each request, keeps to the allowance, one request at a time. Knows no particular call. */
export class RedditClient {
  readonly options: Options;
  readonly now: () => number;
  readonly #env: World;
  readonly #access: Access;
  readonly #inTurn = inTurn();
  #door: Promise<Door> | undefined;
  #restUntil = 0;
  /** Requests left, and when there are more, as the last answer said. */
  allowance: { left: number; resetMs: number } | undefined;
  #scopes: readonly string[] = [];
  /** Of the request whose turn it is: snoowrap passes neither on. */
  #signal = new AbortController().signal;
  #answer: HttpResponse | undefined;

  constructor(env: World, access: Access) {
    this.#env = env;
    this.#access = access;
    this.options = env.options;
    this.now = env.now;
  }

  /** Does the key hold this right? Known after the first request. */
  may(scope: string): boolean {
    return this.#scopes.includes('*') || this.#scopes.includes(scope);
  }

  /** Asks, and checks the answer. @throws ConnectorError of any kind; with a form in the question, as a send */
  async ask<T>(question: Question, shape: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const sending = question.form !== undefined;
    const response = await this.#inTurn(signal, () => this.#pass(question, signal));
    const failure = refusalOf(response, { what: question.what, now: this.now(), sending });
    if (failure) throw failure;
    // A subreddit that is not there leads to a search for subreddits, with status 200.
    const asked = new URL(this.#url(this.options.apiAddress, question.uri)).pathname;
    if (!sending && new URL(response.url).pathname.toLowerCase() !== asked.toLowerCase()) {
      throw new Closed('rejected', `${question.what}: there is no such place on Reddit. Check the name.`);
    }
    const raw = new TextDecoder().decode(response.bytes);
    return answerAs(shape, parseJson(raw), { what: question.what, by: 'Reddit', raw });
  }

  /** Fetches an access token: proof that Reddit knows the app. */
  prove(signal: AbortSignal): Promise<void> {
    return this.#inTurn(signal, async () => {
      this.#door ??= this.#openDoor();
      const door = await this.#door;
      this.#signal = signal;
      door.accessToken = '';
      await door.updateAccessToken();
    });
  }

  /** One request through snoowrap, when its turn has come. */
  async #pass({ uri, qs, form }: Question, signal: AbortSignal): Promise<HttpResponse> {
    if (this.#restUntil > this.now()) {
      const message = "Reddit's allowance is used up. Earshot waits as told and goes on by itself.";
      throw new ConnectorError('rate-limited', message, { until: this.#restUntil });
    }
    this.#door ??= this.#openDoor();
    const door = await this.#door;
    const hadToken = Boolean(door.accessToken);
    this.#signal = signal;
    this.#answer = undefined;
    await door.oauthRequest({ uri, method: form ? 'post' : 'get', ...(qs && { qs }), ...(form && { form }) });
    this.#scopes = door.scope;
    const response = this.#answer as HttpResponse | undefined;
    if (!response) throw new ConnectorError('unavailable', 'Nothing was sent to Reddit. It is tried again.');
    this.allowance = allowanceIn(response.headers);
    this.#restUntil = restAfter(response.headers, this.now()) ?? 0;
    if (response.status !== 401 || !hadToken) return response;
    door.accessToken = '';
    throw new ConnectorError('unavailable', 'Reddit took the access token back early. The next try fetches a new one.');
  }

  async #openDoor(): Promise<Door> {
    const { clientId, clientSecret, refreshToken, username, password } = this.#env.secrets;
    // Loaded when it is needed: it takes 0.2 s, and most commands never speak to Reddit.
    const { default: Snoowrap } = await import('snoowrap');
    const carry = (request: Carried) => this.#carry(request);
    class OverOurHttp extends Snoowrap {
      override rawRequest(request: object) {
        return carry(request as Carried);
      }
      /** Its own would wait for minus infinity, about which Node complains. Pacing is ours. */
      async _awaitRequestDelay() {}
    }
    // The library renews tokens of accounts only. For an app alone the word is never sent: see `#token`.
    const renewable = this.#access === 'app' ? 'none' : refreshToken.reveal();
    const account = renewable
      ? { refreshToken: renewable }
      : { username: username.reveal(), password: password.reveal() };
    const app = { userAgent: this.options.userAgent, clientId: clientId.reveal(), clientSecret: clientSecret.reveal() };
    const snoo = new OverOurHttp({ ...app, ...account });
    // No status is 0, so nothing is ever repeated. With an empty list its handler would take every error for its own.
    snoo.config({ proxies: false, warnings: false, retryErrorCodes: [0], maxRetryAttempts: 1 });
    return snoo as unknown as Door;
  }

  /** In place of the request library. Answers of the API are kept aside: snoowrap must not look for replies in them. */
  async #carry(request: Carried): Promise<object> {
    if (request.auth.bearer === undefined) return this.#token(request);
    this.#answer = await this.#env.http.request(
      this.#asHttp(request, this.options.apiAddress, `bearer ${request.auth.bearer}`),
    );
    return { statusCode: 200, headers: {}, body: '', request: {} };
  }

  async #token(asked: Carried): Promise<object> {
    const request = this.#access === 'app' ? { ...asked, form: { grant_type: 'client_credentials' } } : asked;
    const { user = '', pass = '' } = request.auth;
    const basic = `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`;
    const response = await this.#env.http
      .request(this.#asHttp(request, this.options.siteAddress, basic))
      .catch(notPosted);
    const said = parseJson(new TextDecoder().decode(response.bytes));
    const { success, data } = Token.safeParse(said);
    // A little early, so that no request leaves with a token that ends on its way.
    if (success && response.status === 200) return { ...data, expires_in: Math.max(data.expires_in - 30, 1) };
    throw tokenRefused(response, said, this.now());
  }

  #asHttp({ method = 'get', uri, qs = {}, form, headers }: Carried, base: string, authorization: string): HttpRequest {
    const url = new URL(this.#url(base, uri));
    for (const [name, value] of Object.entries(qs)) url.searchParams.set(name, String(value));
    const type = form && { 'content-type': 'application/x-www-form-urlencoded' };
    return {
      url: url.href,
      method: method.toUpperCase() === 'POST' ? 'POST' : 'GET',
      headers: { accept: 'application/json', ...headers, ...type, authorization },
      signal: this.#signal,
      maxBytes: LARGEST_PAGE,
      ...(form && { body: new URLSearchParams(form).toString() }),
    };
  }

  #url(base: string, uri: string): string {
    return `${base.replace(/\/+$/, '')}/${uri.replace(/^\/+/, '')}`;
  }
}

/** Fetching a token posts nothing, whatever became of it. */
function notPosted(thrown: unknown): never {
  if (thrown instanceof ConnectorError && thrown.kind === 'unknown-outcome') {
    throw new ConnectorError('unavailable', thrown.message, { cause: thrown });
  }
  throw thrown;
}
