/** The questions we put to X, each with its answer checked. */
import type { TwitterApi } from 'twitter-api-v2';
import { answerAs, asFailure, ConnectorError, type Env, OptOuts, Spend, z } from '#kit';
import {
  carrier,
  type Errand,
  type Key,
  NewPair,
  RENEWING,
  Tokens,
  type Way,
  whyNotRenewed,
  XFailure,
} from './access.ts';
import { Made, Me, PageOfPosts } from './messages.ts';
import { budgetOf, type Options, type SecretName } from './settings.ts';

/** Everything about a post that we look at. `text` alone is cut at 280 characters. */
const POST_FIELDS = {
  'tweet.fields':
    'id,text,author_id,created_at,conversation_id,in_reply_to_user_id,referenced_tweets,note_tweet,entities,lang,reply_settings,edit_history_tweet_ids',
  'user.fields': 'id,username,name',
  expansions: 'author_id,referenced_tweets.id',
};

/** Loaded when it is first needed: whoever has no source on X does not pay for it. */
const library = () => import('twitter-api-v2');

const DAY_MS = 86_400_000;

type Query = Record<string, string | number>;

/** What to ask, and the words of the path: `:id` stands for `params.id`. */
interface Question extends Errand {
  path: string;
  query?: Query;
  params?: Record<string, string>;
}

/**
 * Speaks the API of X, version 2. `twitter-api-v2` writes and signs the requests, the kit's `http` carries them. The
 * library's iterators are not used: they end without a word at an empty page and at a used-up limit.
 */
export class XClient {
  readonly options: Options;
  readonly now: () => number;
  readonly spend: Spend;
  readonly optOuts: OptOuts;
  readonly #secrets: Env<Options, SecretName>['secrets'];
  readonly #tokens: Tokens;
  readonly #way: Way;
  #me: Promise<Me> | undefined;
  #heard = new Headers();
  /** The UTC day on which asking for our account was paid for. */
  #paidOn: number | undefined;

  constructor(env: Env<Options, SecretName>) {
    this.options = env.options;
    this.now = env.now;
    this.spend = new Spend(env, budgetOf(env.options));
    this.optOuts = new OptOuts(env.keep);
    this.#secrets = env.secrets;
    this.#tokens = new Tokens(env);
    const heard = (headers: Headers) => {
      this.#heard = headers;
    };
    this.#way = { http: env.http, address: env.options.address, now: env.now, heard };
  }

  /** Our account, asked for once; `fresh` asks again, as a check must. */
  me(signal: AbortSignal, fresh = false): Promise<Me> {
    if (fresh) this.#me = undefined;
    this.#me ??= this.#askMe(signal).catch((thrown) => {
      this.#me = undefined;
      throw thrown;
    });
    return this.#me;
  }

  /** Asks who we are once more, for what X says beside it. */
  async probe(signal: AbortSignal): Promise<Headers> {
    await this.me(signal, true);
    return this.#heard;
  }

  scope(): Promise<readonly string[] | undefined> {
    return this.#tokens.scope();
  }

  async mentions(query: Query, signal: AbortSignal): Promise<PageOfPosts> {
    const { id } = await this.me(signal);
    const question = { what: 'Mentions', path: 'users/:id/mentions', params: { id }, signal };
    return this.#get(PageOfPosts, { ...question, query: { ...POST_FIELDS, ...query } });
  }

  search(words: string, query: Query, signal: AbortSignal): Promise<PageOfPosts> {
    const all = { ...POST_FIELDS, ...query, query: words };
    return this.#get(PageOfPosts, { what: `Search "${words}"`, path: 'tweets/search/recent', query: all, signal });
  }

  /** Our own posts, newest first. */
  async ownPosts(query: Query, signal: AbortSignal): Promise<PageOfPosts> {
    const { id } = await this.me(signal);
    const question = { what: 'Our own posts', path: 'users/:id/tweets', params: { id }, signal };
    return this.#get(PageOfPosts, { ...question, query: { 'tweet.fields': 'id,text,referenced_tweets', ...query } });
  }

  /** These posts, as far as they are still there. At most 100. */
  posts(ids: readonly string[], signal: AbortSignal): Promise<PageOfPosts> {
    const query = { ...POST_FIELDS, ids: ids.join(',') };
    return this.#get(PageOfPosts, { what: 'Looking again', path: 'tweets', query, signal });
  }

  /** One request, never repeated. */
  async reply(to: string, text: string, signal: AbortSignal): Promise<Made> {
    const what = 'Replying';
    const key = await this.#key();
    const body = { text, reply: { in_reply_to_tweet_id: to } };
    try {
      const answer = await (await this.#api(key, { what, signal, sending: true })).v2.post('tweets', body);
      return checked(Made, answer, what);
    } catch (thrown) {
      if (!this.#hasEnded(key, thrown)) throw thrown;
      throw new ConnectorError('unavailable', 'The sign-in at X had ended. Earshot renews it and tries again.');
    }
  }

  async #askMe(signal: AbortSignal): Promise<Me> {
    // X bills an account once in a UTC day.
    const today = Math.floor(this.now() / DAY_MS);
    const price = this.#paidOn === today ? 0 : this.options.prices.user;
    await this.spend.affordable(price, 1, 1);
    const { data } = await this.#get(z.object({ data: Me }), { what: 'Signing in', path: 'users/me', signal });
    await this.spend.add(price);
    this.#paidOn = today;
    return data;
  }

  async #get<T>(shape: z.ZodType<T>, question: Question, mayRenew = true): Promise<T> {
    question.signal.throwIfAborted();
    const { what, path, query = {}, params = {} } = question;
    const key = await this.#key();
    try {
      return checked(shape, await (await this.#api(key, question)).v2.get(path, query, { params }), what);
    } catch (thrown) {
      if (!mayRenew || !this.#hasEnded(key, thrown)) throw thrown;
      return this.#get(shape, question, false);
    }
  }

  async #api(key: Key, errand: Errand): Promise<TwitterApi> {
    const { TwitterApi } = await library();
    const settings = { plugins: [carrier(this.#way, errand)] };
    return 'bearer' in key ? new TwitterApi(key.bearer, settings) : new TwitterApi(key, settings);
  }

  /** True when X no longer takes an access token that can be renewed. */
  #hasEnded(key: Key, thrown: unknown): boolean {
    if (!this.#tokens.renewable || !(thrown instanceof XFailure) || thrown.status !== 401) return false;
    this.#tokens.refuse(key);
    return true;
  }

  /** Until there is one, nothing was asked and nothing was sent: whatever fails here can be tried again. */
  #key(): Promise<Key> {
    return this.#tokens
      .current((refreshToken) => this.#renew(refreshToken))
      .catch((thrown) => Promise.reject(asFailure(thrown)));
  }

  async #renew(refreshToken: string): Promise<z.output<typeof NewPair>> {
    const what = RENEWING;
    const clientSecret = this.#secrets.clientSecret.reveal();
    const app = { clientId: this.#secrets.clientId.reveal(), ...(clientSecret && { clientSecret }) };
    // Nobody may break this off: the answer holds the only refresh token that still works. `http` has its time limit.
    const { signal } = new AbortController();
    const { TwitterApi } = await library();
    // The library's types ask for a secret, which public apps have not.
    const api = new TwitterApi(app as Required<typeof app> & { clientSecret: string }, {
      plugins: [carrier(this.#way, { what, signal })],
    });
    try {
      const { accessToken, refreshToken: next, expiresIn, scope } = await api.refreshOAuth2Token(refreshToken);
      return checked(NewPair, { access: accessToken, refresh: next, expiresInS: expiresIn, scope }, what);
    } catch (thrown) {
      throw whyNotRenewed(thrown);
    }
  }
}

function checked<T>(shape: z.ZodType<T>, said: unknown, what: string): T {
  // New tokens must stand in no log.
  return answerAs(shape, said, { what, by: 'X', raw: what === RENEWING ? '' : (JSON.stringify(said) ?? '') });
}
