/** The way to X: our keys and their renewal, how a request gets there, and what a refusal means. */
import { createHash } from 'node:crypto';
import type { ITwitterApiClientPlugin } from 'twitter-api-v2';
import {
  type Asked,
  ConnectorError,
  decodeBytes,
  type Env,
  type FailureKind,
  failureOf,
  type Http,
  type HttpRequest,
  type HttpResponse,
  type Instant,
  looksLikeHtml,
  parseJson,
  skewOf,
  z,
} from '#kit';
import type { SecretName } from './settings.ts';

/** What signs a request. */
export type Key = { appKey: string; appSecret: string; accessToken: string; accessSecret: string } | { bearer: string };

export const NewPair = z.object({
  access: z.string().min(1),
  refresh: z.string().min(1),
  expiresInS: z.number().positive(),
  /** Empty where X did not say it. */
  scope: z.array(z.string()).nonempty().optional().catch(undefined),
});
/** Asks X for a new pair of tokens. Gets the refresh token, which works only once. */
type Renew = (refreshToken: string) => Promise<z.output<typeof NewPair>>;

const Pair = z.object({
  access: z.string(),
  refresh: z.string(),
  expiresAt: z.number(),
  scope: z.array(z.string()).optional(),
});
type Pair = z.output<typeof Pair>;

/** Renewed this long before it ends. */
const MARGIN_MS = 60_000;

/**
 * The keys of our account, shared by all its sources. A refresh token of X works once, and using an old one again ends the
 * whole sign-in: so the new pair is on the disk before it is used, and only one process at a time renews.
 */
export class Tokens {
  readonly #env: Pick<Env<unknown, SecretName>, 'secrets' | 'keepShared' | 'now'>;
  #refused: string | undefined;

  /** @throws ConnectorError `unauthorized` when neither set of secrets is complete. */
  constructor(env: Pick<Env<unknown, SecretName>, 'secrets' | 'keepShared' | 'now'>) {
    this.#env = env;
    if (!this.#signing() && !this.renewable) {
      throw new ConnectorError(
        'unauthorized',
        'X needs either X_API_KEY, X_API_SECRET, X_ACCESS_TOKEN and X_ACCESS_SECRET, or X_CLIENT_ID and X_REFRESH_TOKEN (and X_CLIENT_SECRET for a confidential app) in the environment. Set them and start again.',
      );
    }
  }

  /** OAuth 2.0. Keys of OAuth 1.0a never end, so they are preferred where both are there. */
  get renewable(): boolean {
    const { clientId, refreshToken } = this.#env.secrets;
    return !this.#signing() && clientId.reveal() !== '' && refreshToken.reveal() !== '';
  }

  async current(renew: Renew): Promise<Key> {
    const signing = this.#signing();
    if (signing) return signing;
    const { keepShared: keep } = this.#env;
    const name = `sign-in ${this.#seed()}`;
    const kept = this.#usable(await keep.read(name));
    if (kept) return { bearer: kept.access };
    const text = await keep.update(name, async (before) => {
      if (before !== undefined && this.#usable(before)) return before; // another process was quicker
      return JSON.stringify(await this.#renewed(before, renew));
    });
    return { bearer: Pair.parse(JSON.parse(text)).access };
  }

  /** What the sign-in allows, where it is one of OAuth 2.0 and X said so. */
  async scope(): Promise<readonly string[] | undefined> {
    if (!this.renewable) return undefined;
    return this.#read(await this.#env.keepShared.read(`sign-in ${this.#seed()}`))?.scope;
  }

  /** X did not accept this key although its time is not over. */
  refuse(key: Key): void {
    if ('bearer' in key) this.#refused = key.bearer;
  }

  #signing(): Extract<Key, { appKey: string }> | undefined {
    const { apiKey, apiSecret, accessToken, accessSecret } = this.#env.secrets;
    const [appKey, secret, token, tokenSecret] = [apiKey, apiSecret, accessToken, accessSecret].map((one) =>
      one.reveal(),
    );
    if (!appKey || !secret || !token || !tokenSecret) return undefined;
    return { appKey, appSecret: secret, accessToken: token, accessSecret: tokenSecret };
  }

  #read(text: string | undefined): Pair | undefined {
    return Pair.safeParse(parseJson(text)).data;
  }

  #usable(text: string | undefined): Pair | undefined {
    const pair = this.#read(text);
    return pair && pair.expiresAt - MARGIN_MS > this.#env.now() && pair.access !== this.#refused ? pair : undefined;
  }

  async #renewed(before: string | undefined, renew: Renew): Promise<Pair> {
    const { secrets, now } = this.#env;
    const askedAt = now();
    const pair = await renew(this.#read(before)?.refresh ?? secrets.refreshToken.reveal());
    const { access, refresh, expiresInS, scope } = pair;
    return { access, refresh, expiresAt: askedAt + expiresInS * 1000, ...(scope && { scope }) };
  }

  /** Another refresh token in the environment is another sign-in. */
  #seed(): string {
    return createHash('sha256').update(this.#env.secrets.refreshToken.reveal()).digest('hex').slice(0, 16);
  }
}

export interface Way {
  http: Http;
  /** Stands in for https://api.x.com, which the library writes into every request. */
  address: string;
  now(): number;
  /** Looked at with each answer, for what X says of our rights and limits. */
  heard?(headers: Headers): void;
}

export interface Errand {
  /** What is asked, to begin a sentence with. */
  what: string;
  signal: AbortSignal;
  /** Something is to be posted: without a clear answer nobody knows whether it was. */
  sending?: boolean;
}

/** A hundred long posts, and as many that they quote, may take this much. */
const MAX_BYTES = 50 * 1024 * 1024;

/**
 * Carries what `twitter-api-v2` has written and signed through the kit's `http`, with its limits of time and size and its
 * words for what went wrong. An answer that is a failure is thrown; the library sees only good ones.
 */
export function carrier(
  { http, address, now, heard }: Way,
  { what, signal, sending = false }: Errand,
): ITwitterApiClientPlugin {
  return {
    async onBeforeRequestConfig({ client, params }) {
      const { url, method, headers, body } = (client as unknown as Writer).getHttpRequestArgs(params);
      const response = await http.request({
        url: address.replace(/\/+$/, '') + url.pathname + url.search,
        method,
        headers,
        ...(body !== undefined && { body }),
        signal,
        maxBytes: MAX_BYTES,
      });
      heard?.(response.headers);
      const text = decodeBytes(response.bytes, response.headers.get('content-type'));
      const data = parseJson(text);
      const failure = failureOfX(response, data, { what, now: now(), sending });
      if (failure) throw failure;
      if (looksLikeHtml(response)) throw new ConnectorError('bad-shape', `${what}: X shows a web page.`, { raw: text });
      return { data: withScope(data), headers: {} };
    },
  };
}

/** The part of the library that writes a request without sending it. Its types keep it to subclasses. */
interface Writer {
  getHttpRequestArgs(params: unknown): {
    url: URL;
    method: NonNullable<HttpRequest['method']>;
    headers: Record<string, string>;
    body?: string;
  };
}

/** The library takes the scope of new tokens for granted, which X may leave out, and would lose the tokens over it. */
function withScope(data: unknown): unknown {
  const isTokens = typeof data === 'object' && data !== null && 'access_token' in data;
  return isTokens ? { scope: '', ...data } : data;
}

/** A failure with what else is worth knowing of an answer by X. */
export class XFailure extends ConnectorError {
  readonly status: number;
  /** Parameters of the request that X names as wrong. */
  readonly parameters: readonly string[];

  constructor(failure: ConnectorError, status: number, parameters: readonly string[] = []) {
    const { kind, message, until, blocked, raw } = failure;
    super(kind, message, { blocked, ...(until !== undefined && { until }), ...(raw !== undefined && { raw }) });
    this.status = status;
    this.parameters = parameters;
  }
}

const Problem = z.object({
  title: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  /** The token endpoint says it this way. */
  error_description: z.string().optional().catch(undefined),
  errors: z
    .array(
      z.object({
        message: z.string().optional().catch(undefined),
        parameters: z.record(z.string(), z.unknown()).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});
type Problem = z.output<typeof Problem>;

/** What an answer that is not a success means. X says more in its body and its headers than in the status. */
function failureOfX(response: HttpResponse, body: unknown, asked: Asked): XFailure | undefined {
  const known = failureOf(response, asked);
  if (!known) return undefined;
  const { status } = response;
  const problem = Problem.safeParse(body).data ?? {};
  const parameters = (problem.errors ?? []).flatMap((error) => Object.keys(error.parameters ?? {}));
  const better = looksLikeHtml(response) ? undefined : readProblem(response, problem, asked);
  if (!better) return new XFailure(known, status, parameters);
  const raw = new TextDecoder().decode(response.bytes.subarray(0, 2000));
  return new XFailure(new ConnectorError(better.kind, better.message, { raw, ...better.details }), status, parameters);
}

interface Reading {
  kind: FailureKind;
  message: string;
  details?: { until: Instant };
}

function readProblem(response: HttpResponse, problem: Problem, asked: Asked): Reading | undefined {
  const { status } = response;
  const said = `${asked.what}: X says "${wordsOf(problem)}" (${status}).`;
  if (status === 401) return readUnsigned(response, asked);
  // Neither heals when a rate limit is reset, so waiting would hide it.
  if (status === 402) {
    const message = `The credits at X are used up (${asked.what}). Buy more at developer.x.com, then pull this source once.`;
    return { kind: 'unauthorized', message };
  }
  if (isUsageCap(problem)) {
    const message = `The monthly usage cap at X is reached (${asked.what}). Raise it or wait for the next month, then pull this source once.`;
    return { kind: 'unauthorized', message };
  }
  if (status === 429) {
    const until = resetOf(response.headers, asked.now);
    return until === undefined
      ? undefined
      : { kind: 'rate-limited', message: `${said} Earshot waits as told and goes on by itself.`, details: { until } };
  }
  if (status === 400) return { kind: 'rejected', message: `${said} Check the options of this source.` };
  if (status === 403) return readForbidden(problem, said, asked.sending ?? false);
  if (status === 404) return { kind: 'rejected', message: `${said} It may have been deleted.` };
  return undefined;
}

/** X refuses a signature whose time is further off than this. */
const CLOCKS_MS = 5 * 60_000;

/** A wrong clock makes every signature wrong, and X says no more than it does to a wrong key. */
function readUnsigned(response: HttpResponse, { what, now }: Asked): Reading {
  const skew = skewOf(response.headers, now) ?? 0;
  if (Math.abs(skew) > CLOCKS_MS) {
    const minutes = `${Math.round(Math.abs(skew) / 60_000)} minutes ${skew > 0 ? 'ahead' : 'behind'}`;
    const message = `${what}: X refuses the signature, since the clock of this machine is ${minutes}. Set it right, then pull this source once.`;
    return { kind: 'unauthorized', message };
  }
  const message = `${what}: X does not accept the keys. Compare the X_… variables with "Keys and tokens" at developer.x.com, or make new ones there; then start again.`;
  return { kind: 'unauthorized', message };
}

const RIGHTS = /client-forbidden|client-not-enrolled|oauth1-permissions|unsupported-authentication/;
const ACCOUNT = /suspended|locked|permission|not enrolled|access level/i;

/** On a send most refusals are about this one post; what concerns the key or the account stops the source. */
function readForbidden(problem: Problem, said: string, sending: boolean): Reading | undefined {
  const rights = RIGHTS.test(problem.type ?? '') || ACCOUNT.test(wordsOf(problem));
  if (!sending || rights)
    return { kind: 'unauthorized', message: `${said} Check the rights of the app and the account.` };
  return {
    kind: 'rejected',
    message: `${said} X takes replies by program only where the author mentioned or quoted us. Post it by hand.`,
  };
}

function isUsageCap({ title, type }: Problem): boolean {
  return title === 'UsageCapExceeded' || /usage-capped/.test(type ?? '');
}

function wordsOf({ detail, title, error_description, errors }: Problem): string {
  const first = errors?.find(({ message }) => message)?.message;
  return (detail ?? first ?? error_description ?? title ?? 'no').slice(0, 300).replace(/\.$/, '');
}

/**
 * When the limit that is used up is reset: `Retry-After` if it is there, else the latest of those with nothing left. The
 * app and the account have limits for 24 hours besides the one of 15 minutes. Undefined when X does not tell.
 */
function resetOf(headers: Headers, now: Instant): Instant | undefined {
  if (headers.has('retry-after')) return undefined;
  const names = ['x-rate-limit', 'x-app-limit-24hour', 'x-user-limit-24hour'];
  const limits = names.flatMap((name) => {
    const reset = Number(headers.get(`${name}-reset`) ?? Number.NaN) * 1000;
    return Number.isFinite(reset) ? [{ reset, left: headers.get(`${name}-remaining`) }] : [];
  });
  const empty = limits.filter(({ left }) => left === '0');
  const resets = (empty.length > 0 ? empty : limits).map(({ reset }) => reset);
  if (resets.length === 0) return undefined;
  // Not at once, should our clocks differ, and not later than the longest limit lasts.
  return Math.min(Math.max(...resets, now + 1000), now + 24 * 3_600_000);
}

/** X refuses a text that the account has said just before. */
export function isDuplicate(thrown: unknown): boolean {
  return thrown instanceof XFailure && thrown.status === 403 && /duplicate content/i.test(thrown.message);
}

export const RENEWING = 'Renewing the sign-in';

/** A refusal needs a person; everything else may pass. */
export function whyNotRenewed(thrown: unknown): ConnectorError {
  const what = RENEWING;
  if (!(thrown instanceof ConnectorError)) {
    return new ConnectorError('bad-shape', `${what}: X answered otherwise than documented.`);
  }
  const { kind, message } = thrown;
  if (kind === 'rejected' || (kind === 'unauthorized' && !thrown.blocked)) {
    const advice = 'Sign in again, put the new token into X_REFRESH_TOKEN and start again.';
    return new ConnectorError('unauthorized', `The sign-in at X has ended. ${advice} (${message})`);
  }
  return kind === 'unknown-outcome' ? new ConnectorError('unavailable', `${what}: ${message}`) : thrown;
}
