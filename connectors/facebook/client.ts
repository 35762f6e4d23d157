/** The questions we put to Facebook, each with its answer checked. */
import { createHmac } from 'node:crypto';
import { answerAs, type Env, type Instant, parseJson, type z } from '#kit';
import { Gone, REST_MS, refusalIn, tired, usageIn } from './access.ts';
import { Item, Listing, Made, Me, Objects, Subscriptions, Token } from './messages.ts';
import type { Options } from './settings.ts';

type FacebookEnv = Env<Options, 'pageToken' | 'appSecret' | 'verifyToken'>;

const COMMENT = 'id,message,from{id,name},created_time,permalink_url,parent{id},can_comment,attachment{type}';
const POST = 'id,message,from{id,name},created_time,permalink_url';
/** Without the filter answers are left out, and without the order Facebook puts first what it finds relevant. */
const EVERY = { filter: 'stream', order: 'reverse_chronological' };
const NESTED = `comments.filter(${EVERY.filter}).order(${EVERY.order}).limit(25){${COMMENT}}`;
/** Used up to here, reading pauses, so that there is something left for replies. In per cent, as Facebook counts. */
const READ_UP_TO = 90;

interface Asked {
  what: string;
  signal: AbortSignal;
  /** Form fields of a post. */
  form?: Record<string, string>;
  /** Who asks, where it is not the Page. */
  as?: string;
}

/** The Graph API as far as we use it: one method per call, each with its answer checked. */
export class FacebookClient {
  readonly options: Options;
  readonly now: () => Instant;
  /** The version that answered, where it is not the one we asked for: that one has ended. */
  otherVersion: string | undefined;
  readonly #env: FacebookEnv;
  #rest: { reads: Instant; sends: Instant } = { reads: 0, sends: 0 };

  constructor(env: FacebookEnv) {
    this.options = env.options;
    this.now = env.now;
    this.#env = env;
  }

  me(signal: AbortSignal) {
    return this.#call('/me', { fields: 'id,name' }, Me, { what: 'Our Page', signal });
  }

  /** Posts, newest first, each with its newest comments. */
  posts(edge: 'feed' | 'tagged', after: string, signal: AbortSignal) {
    const { page, postsPerRequest } = this.options;
    const fields = `${POST},${NESTED}`;
    const query = { fields, limit: String(postsPerRequest), ...(after && { after }) };
    return this.#call(`/${page}/${edge}`, query, Listing, { what: `Posts (${edge})`, signal });
  }

  /** Comments of a post, or answers to a comment, newest first. */
  comments(of: string, after: string, signal: AbortSignal) {
    const query = { ...EVERY, fields: COMMENT, limit: '100', ...(after && { after }) };
    return this.#call(`/${of}/comments`, query, Listing, { what: 'Comments', signal });
  }

  /** Posts and comments by their ids, at most 50. @throws Gone when one of them is */
  objects(ids: readonly string[], signal: AbortSignal) {
    return this.#call('/', { ids: ids.join(','), fields: 'id' }, Objects, { what: 'Known messages', signal });
  }

  /** One post or comment; undefined where it is gone, or not for us. */
  item(id: string, isComment: boolean, signal: AbortSignal): Promise<Item | undefined> {
    const fields = isComment ? COMMENT : POST;
    return this.#call(`/${id}`, { fields }, Item, { what: 'A message that names us', signal }).catch(
      (thrown: unknown) => {
        if (thrown instanceof Gone) return undefined;
        throw thrown;
      },
    );
  }

  /** What Facebook calls us with: the fields of each app that is subscribed to our Page. */
  subscriptions(signal: AbortSignal) {
    const { page } = this.options;
    return this.#call(`/${page}/subscribed_apps`, {}, Subscriptions, { what: 'Webhooks', signal });
  }

  /** Where Facebook is to call, as far as somebody said our own address. */
  get address(): string | undefined {
    return this.#env.address;
  }

  appSecret(): string {
    return this.#env.secrets.appSecret.reveal();
  }

  verifyToken(): string {
    return this.#env.secrets.verifyToken.reveal();
  }

  reply(to: string, message: string, signal: AbortSignal) {
    return this.#call(`/${to}/comments`, {}, Made, { what: 'The reply', signal, form: { message } });
  }

  /** What Facebook says of our token, to the app alone; undefined where it says nothing, which stops nothing. */
  async token(signal: AbortSignal): Promise<Token | undefined> {
    const { pageToken, appSecret } = this.#env.secrets;
    if (!this.options.app || !appSecret.reveal()) return undefined;
    const asked = { what: 'The token', signal, as: `${this.options.app}|${appSecret.reveal()}` };
    return this.#call('/debug_token', { input_token: pageToken.reveal() }, Token, asked).catch(() => {
      signal.throwIfAborted();
      return undefined;
    });
  }

  async #call<T>(path: string, query: Record<string, string>, shape: z.ZodType<T>, asked: Asked): Promise<T> {
    const { what, signal, form, as } = asked;
    const until = form ? this.#rest.sends : this.#rest.reads;
    if (until > this.now()) throw tired(what, until, this.now());
    const { address, version } = this.options;
    const url = new URL(`${address.replace(/\/+$/, '')}/${version}${path}`);
    url.search = new URLSearchParams({ ...query, ...(!as && this.#proof()) }).toString();
    const response = await this.#env.http.request({
      url: url.href,
      method: form ? 'POST' : 'GET',
      headers: this.#headers(form, as),
      signal,
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    this.#learn(response.headers);
    const raw = this.#withoutSecrets(new TextDecoder().decode(response.bytes));
    const failure = refusalIn(response, raw, { what, now: this.now(), sending: form !== undefined });
    if (failure) throw failure;
    return answerAs(shape, parseJson(raw), { what, by: 'Facebook', raw });
  }

  /** The token goes here: an address stands in the logs of every proxy. */
  #headers(form: Asked['form'], as = this.#env.secrets.pageToken.reveal()): Record<string, string> {
    const authorization = `Bearer ${as}`;
    const type = form && { 'content-type': 'application/x-www-form-urlencoded' };
    return { accept: 'application/json', authorization, ...type };
  }

  /** With the app's secret, a stolen token alone is worth nothing. */
  #proof(): { appsecret_proof?: string } {
    const { appSecret, pageToken } = this.#env.secrets;
    if (!appSecret.reveal()) return {};
    return { appsecret_proof: createHmac('sha256', appSecret.reveal()).update(pageToken.reveal()).digest('hex') };
  }

  /** Facebook says in every answer how much is used up, and sometimes for how long it will be. */
  #learn(headers: Headers): void {
    const answered = headers.get('facebook-api-version');
    this.otherVersion = answered && answered !== this.options.version ? answered : undefined;
    const { percent, regainMs } = usageIn(headers);
    const until = this.now() + Math.max(regainMs, REST_MS);
    if (percent >= 100 || regainMs > 0) this.#rest = { reads: until, sends: until };
    else if (percent >= READ_UP_TO) this.#rest = { reads: until, sends: 0 };
  }

  /** Facebook repeats a token that it does not like in its own words. */
  #withoutSecrets(text: string): string {
    const { pageToken, appSecret } = this.#env.secrets;
    const secrets = [pageToken.reveal(), appSecret.reveal()].filter(Boolean);
    return secrets.reduce((so, secret) => so.replaceAll(secret, '•••'), text);
  }
}
