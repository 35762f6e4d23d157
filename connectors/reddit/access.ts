/** The way to Reddit: how it lets us in, how a request gets there in turn, and what a refusal means. */
import {
  type Asked,
  answerAs,
  ConnectorError,
  type Env,
  failureOf,
  type HttpRequest,
  type HttpResponse,
  type Instant,
  inTurn,
  looksLikeHtml,
  parseJson,
  retryAfter,
  z,
} from '#kit';
import { type Options, SECRETS, type SecretName } from './settings.ts';

/**
 * How Reddit lets us in: as an account through an approved app, as the app alone, which may read what is public, or not at
 * all, and then there are the feeds that it publishes for everybody.
 */
export type Access = 'account' | 'app' | 'feeds';

/** @throws ConnectorError `unauthorized` where only a part of what belongs together is set */
export function accessBy(secrets: Env<Options, SecretName>['secrets']): Access {
  const isSet = (name: SecretName) => secrets[name].reveal() !== '';
  const pairs: [SecretName, SecretName][] = [
    ['clientId', 'clientSecret'],
    ['username', 'password'],
  ];
  for (const pair of pairs) {
    const [missing, ...others] = pair.filter((name) => !isSet(name));
    if (missing && others.length === 0) throw new ConnectorError('unauthorized', belongTogether(pair, missing));
  }
  const account = isSet('refreshToken') || isSet('username');
  if (isSet('clientId')) return account ? 'account' : 'app';
  if (!account) return 'feeds';
  const message =
    'An account alone does not open Reddit. Set REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET of its app, too.';
  throw new ConnectorError('unauthorized', message);
}

function belongTogether([one, other]: [SecretName, SecretName], missing: SecretName): string {
  return `${SECRETS[one].env} and ${SECRETS[other].env} belong together, and ${SECRETS[missing].env} is not set. Set it and start again.`;
}

/** What is not to be had this way, and how it would be. */
export function limitsOf(access: Access): string | undefined {
  if (access === 'app') {
    return 'Reddit is read by an app without an account: username mentions are not heard, and replies are posted by hand. Set REDDIT_REFRESH_TOKEN to change that.';
  }
  if (access === 'feeds') {
    return 'Without an approved app only the public feeds of Reddit are read: the newest posts and comments of each. Username mentions, edits and deletions are not seen, and replies are posted by hand. Set REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET once Reddit has approved an app.';
  }
  return undefined;
}

/** @throws ConnectorError `unauthorized` when the options ask for username mentions alone, and nobody is there to be named */
export function assertSomethingToHear(access: Access, { subreddits, searches }: Options): void {
  if (access === 'account' || subreddits.length + searches.length > 0) return;
  const message =
    'Username mentions need an account: set REDDIT_CLIENT_ID, REDDIT_CLIENT_SECRET and REDDIT_REFRESH_TOKEN of an app that Reddit has approved. Without one, name a subreddit or a search, and its public feed is read. connectors/reddit/README.md says how.';
  throw new ConnectorError('unauthorized', message);
}

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
interface Question {
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
export class Carrier {
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

/** A clear no about one listing, message or subreddit: the key itself is good, and everything else may go on. */
export class Closed extends ConnectorError {}

/** What Reddit's answer means where it is not a success, by status and by the words in its body. */
export function refusalOf(response: HttpResponse, asked: Asked): ConnectorError | undefined {
  const { status, headers } = response;
  const { what, now } = asked;
  const page = looksLikeHtml(response);
  if (page && (status === 403 || (status < 300 && !asked.sending))) return blockPage(response, what);
  if (status === 429) return tooMany(response, asked);
  if (status === 403) return forbidden(response, what, asked.sending ?? false);
  if (status === 404) {
    const advice = asked.sending
      ? 'The message is not there any more.'
      : 'Check the name: it is not there, or it was banned.';
    return new Closed('rejected', `${what}: Reddit does not know it. ${advice}`, { raw: textOf(response) });
  }
  if (status === 401 && /insufficient_scope/.test(headers.get('www-authenticate') ?? '')) return withoutRight(what);
  return failureOf(response, { ...asked, now, what: `Reddit (${what})` });
}

function blockPage(response: HttpResponse, what: string): ConnectorError {
  return new ConnectorError(
    'unauthorized',
    `${what}: Reddit shows a block page instead of data. Check that the app is approved, that the user agent is its own, and that this machine's network is allowed.`,
    { blocked: true, raw: textOf(response) },
  );
}

function tooMany({ headers }: HttpResponse, { what, now }: Asked): ConnectorError {
  const until = retryAfter(headers, now) ?? resetOf(headers, now) ?? now + 60_000;
  return new ConnectorError(
    'rate-limited',
    `${what}: too many requests for Reddit. Earshot waits as told and goes on by itself.`,
    { until },
  );
}

function forbidden(response: HttpResponse, what: string, sending: boolean): ConnectorError {
  const raw = textOf(response);
  if (/insufficient_scope/.test(response.headers.get('www-authenticate') ?? '')) return withoutRight(what);
  const reason = /"reason":\s*"([\w-]+)"/.exec(raw)?.[1];
  if (sending) {
    const why = 'Reddit does not let our account answer there: it may be banned, or the subreddit is closed to it.';
    return new Closed('rejected', `${why} Look at it, and answer by hand if that is allowed.`, { raw });
  }
  const closed =
    reason && `${what}: Reddit keeps it closed to our account (${reason}). Ask its moderators, or take it out.`;
  if (closed) return new Closed('rejected', closed, { raw });
  return new Closed('unauthorized', `${what}: the account or its key may not read it. Check the rights of the key.`, {
    raw,
  });
}

function withoutRight(what: string): ConnectorError {
  return new Closed(
    'unauthorized',
    `${what}: the key lacks a right for this. Make a new one with the rights that the README names.`,
  );
}

/** Why there is no access token. Nothing was posted, so this is never a matter of doubt. */
function tokenRefused(response: HttpResponse, said: unknown, now: Instant): ConnectorError {
  const { status } = response;
  const error = typeof said === 'object' && said !== null && 'error' in said;
  if (status === 400 || status === 401 || (status === 200 && error)) {
    return new ConnectorError(
      'unauthorized',
      'Reddit does not accept the app or the account. Check REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET, and make a new refresh token.',
    );
  }
  const what = 'Access token';
  const known = refusalOf(response, { what, now });
  return (
    known ?? new ConnectorError('unavailable', `${what}: Reddit answered in a shape nobody knows. It is tried again.`)
  );
}

/** `X-Ratelimit-Reset` is the number of seconds until the allowance is full again, not a time. */
function resetOf(headers: Headers, now: Instant): Instant | undefined {
  const seconds = Number.parseFloat(headers.get('x-ratelimit-reset') ?? '');
  return seconds >= 0 ? now + Math.ceil(Math.min(seconds, 3600) * 1000) : undefined;
}

/** How many requests are left for how long, where Reddit says so. */
function allowanceIn(headers: Headers): { left: number; resetMs: number } | undefined {
  const left = Number.parseFloat(headers.get('x-ratelimit-remaining') ?? '');
  const resetMs = Number.parseFloat(headers.get('x-ratelimit-reset') ?? '') * 1000;
  return left >= 0 && resetMs >= 0 ? { left, resetMs } : undefined;
}

/** When we may ask again, if these headers say that the allowance is used up. The remaining number may be a fraction. */
export function restAfter(headers: Headers, now: Instant): Instant | undefined {
  const remaining = Number.parseFloat(headers.get('x-ratelimit-remaining') ?? '');
  return remaining < 1 ? (resetOf(headers, now) ?? now + 60_000) : undefined;
}

function textOf({ bytes }: HttpResponse): string {
  return new TextDecoder().decode(bytes.subarray(0, 2000));
}
