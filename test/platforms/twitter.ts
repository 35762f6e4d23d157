import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, FAULTS, LocalPlatform, sendJson } from './local-server.ts';
import { isNewer, matches, mentions, shown, type XPost, XPosts, type XUser } from './twitter-posts.ts';
import { XTokens } from './twitter-tokens.ts';

const DAY_MS = 86_400_000;
const CAP = 800;
const SEARCH_LAG_MS = 30_000;

/** How the next request of a kind is answered. `stored`: a reply is taken all the same. */
export type XFault =
  | { fault: keyof typeof FAULTS; stored?: boolean }
  | { status: number; body: unknown; headers?: Record<string, string>; stored?: boolean };

type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A refusal in the words of X. */
class Problem extends Error {
  readonly answer: Answer;
  constructor(status: number, title: string, detail: string, more: object = {}) {
    super(detail);
    const type = status === 400 ? 'https://api.twitter.com/2/problems/invalid-request' : 'about:blank';
    this.answer = { status, body: { title, detail, type, status, ...more } };
  }
}

const PAGING = ['since_id', 'until_id', 'start_time', 'end_time', 'max_results', 'pagination_token'];
const FIELDS = ['tweet.fields', 'user.fields', 'expansions'];

/**
 * X on 127.0.0.1: mentions, recent search, own posts, look-up, replies and the renewal of tokens, with its limits of
 * 800 mentions and seven days, its late half minute, and its rules for replies. Strict, counting, and able to fail.
 */
export class XPlatform extends LocalPlatform {
  readonly posts = new XPosts();
  readonly us: XUser;
  readonly tokens = new XTokens();
  /** Everything that arrived: "GET /2/tweets/search/recent" with what it asked. */
  readonly requests: { route: string; query: Record<string, string>; body: string; failed: boolean }[] = [];
  spelling: 'tweet' | 'post' = 'tweet';
  /** What the access token of OAuth 1.0a may do. */
  access: 'read' | 'read-write' = 'read-write';
  now: () => number;
  /** Called with each answer that was no failure. */
  onAnswer: (route: string, status: number, body: unknown) => void = () => {};
  /** Called with each request; what it gives is how it fails. */
  onRequest: (route: string) => XFault | undefined = () => undefined;

  constructor({ now = Date.now, handle = 'OKPayHelp' }: { now?: () => number; handle?: string } = {}) {
    super();
    this.now = now;
    this.us = this.posts.user(handle);
  }

  /** Somebody posts, now unless told otherwise. */
  say(username: string, text: string, more: Partial<XPost> = {}): XPost {
    return this.posts.add(username, text, more.at ?? this.now(), more);
  }

  /** What we said, oldest first. */
  get replies(): XPost[] {
    return this.posts.all.filter(({ author, repliesTo }) => author.id === this.us.id && repliesTo !== undefined);
  }

  /** The next requests fail so, one after the other, where `route` fits. */
  failNext(route: RegExp, ...faults: XFault[]): void {
    this.onRequest = (one) => (route.test(one) ? faults.shift() : undefined);
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const route = `${request.method} ${url.pathname}`;
    const query = Object.fromEntries(url.searchParams);
    const body = await bodyOf(request);
    response.setHeader('date', new Date(this.now()).toUTCString());
    const fault = this.onRequest(route);
    this.requests.push({ route, query, body, failed: fault !== undefined });
    if (fault && !fault.stored) return fail(response, fault);
    const { status, body: answer, headers } = await this.#answer(request, route, query, body);
    if (fault) return fail(response, fault);
    this.onAnswer(route, status, answer);
    // Whoever signs with OAuth 1.0a is told what the token may do.
    if (/^OAuth /.test(request.headers.authorization ?? '')) response.setHeader('x-access-level', this.access);
    for (const [name, value] of Object.entries({ ...this.#limits(), ...headers })) response.setHeader(name, value);
    sendJson(response, status, answer);
  }

  async #answer(request: IncomingMessage, route: string, query: Record<string, string>, body: string): Promise<Answer> {
    try {
      if (route === 'POST /2/oauth2/token') return this.tokens.renew(body, request.headers.authorization, this.now());
      if (!this.tokens.accepts(request.headers.authorization, this.now())) {
        throw new Problem(401, 'Unauthorized', 'Unauthorized');
      }
      return await this.#route(route, query, body);
    } catch (thrown) {
      if (thrown instanceof Problem) return thrown.answer;
      throw thrown;
    }
  }

  #route(route: string, query: Record<string, string>, body: string): Answer | Promise<Answer> {
    const id = /^GET \/2\/users\/(\d+)\//.exec(route)?.[1];
    if (id && id !== this.us.id) throw new Problem(404, 'Not Found Error', 'Could not find the user.');
    switch (route.replace(/users\/\d+\//, 'users/:id/')) {
      case 'GET /2/users/me':
        return ok({ data: this.us });
      case 'GET /2/users/:id/mentions':
        return this.#page(
          query,
          PAGING,
          5,
          this.posts.listed(this.now(), (one) => mentions(one, this.us.username)).slice(0, CAP),
        );
      case 'GET /2/users/:id/tweets':
        return this.#page(
          query,
          [...PAGING, 'exclude'],
          5,
          this.posts.listed(this.now(), ({ author }) => author === this.us),
        );
      case 'GET /2/tweets/search/recent':
        return this.#search(query);
      case 'GET /2/tweets':
        return this.#lookUp(query);
      case 'POST /2/tweets':
        return this.#reply(JSON.parse(body));
      default:
        throw new Problem(404, 'Not Found', `There is no ${route}.`);
    }
  }

  #search(query: Record<string, string>): Answer {
    const { query: words = '' } = query;
    if (words.length < 1 || words.length > 512) throw invalid('query', words);
    const oldest = this.now() - 7 * DAY_MS;
    if (query.since_id && timeOf(query.since_id) < oldest) throw invalid('since_id', query.since_id);
    if (query.start_time && Date.parse(query.start_time) < oldest) throw invalid('start_time', query.start_time);
    const visible = this.posts.listed(this.now() - SEARCH_LAG_MS, (one) => one.at >= oldest && matches(one, words));
    const { next_token, ...rest } = query;
    const asked = { ...rest, ...(next_token && { pagination_token: next_token }) };
    return this.#page(asked, [...PAGING, 'query', 'sort_order'], 10, visible);
  }

  /** Newest first, from below the token. A token is good for the question it came with. */
  #page(query: Record<string, string>, allowed: string[], least: number, posts: XPost[]): Answer {
    const unknown = Object.keys(query).find((name) => ![...allowed, ...FIELDS].includes(name));
    if (unknown) throw invalid(unknown, query[unknown]);
    const max = Number(query.max_results ?? 10);
    if (!(max >= least && max <= 100)) throw invalid('max_results', query.max_results);
    const byId = query.since_id ?? query.until_id;
    if (byId && (query.start_time ?? query.end_time)) throw invalid('since_id', byId);
    const below = query.pagination_token === undefined ? undefined : this.#readToken(query.pagination_token);
    const hits = posts.filter(
      ({ id, at }) =>
        (!query.since_id || isNewer(id, query.since_id)) &&
        (!query.until_id || isNewer(query.until_id, id)) &&
        (!query.start_time || at >= Date.parse(query.start_time)) &&
        (!query.end_time || at < Date.parse(query.end_time)) &&
        (below === undefined || isNewer(below, id)),
    );
    const page = hits.slice(0, max);
    const last = page.at(-1);
    const more = hits.length > max && last !== undefined;
    return ok({
      ...(page.length > 0 && { data: page.map((post) => shown(post, this.spelling)), includes: this.#includes(page) }),
      meta: {
        result_count: page.length,
        ...(page[0] && last && { newest_id: page[0].id, oldest_id: last.id }),
        ...(more && { next_token: this.#token(last.id) }),
      },
    });
  }

  /** Tokens given out before this stop working, as they do after some time. */
  forgetTokens(): void {
    this.#generation++;
  }
  #generation = 0;

  #token(id: string): string {
    return `b26v${this.#generation}x${BigInt(id).toString(36)}`;
  }

  #readToken(token: string): string {
    const [, generation, id] = /^b26v(\d+)x([\da-z]+)$/.exec(token) ?? [];
    if (Number(generation) !== this.#generation || !id) throw invalid('pagination_token', token);
    return String([...id].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n));
  }

  #includes(page: XPost[]): object {
    const referenced = page.flatMap(({ repliesTo, quotes, reposts }) => {
      const post = this.posts.byId(repliesTo ?? quotes ?? reposts ?? '');
      return post && !post.gone ? [post] : [];
    });
    const users = [...new Set([...page, ...referenced].map(({ author }) => author))];
    const tweets = [...new Set(referenced)].map((post) => shown(post, this.spelling));
    return { users, ...(tweets.length > 0 && { [this.spelling === 'tweet' ? 'tweets' : 'posts']: tweets }) };
  }

  #lookUp(query: Record<string, string>): Answer {
    const ids = (query.ids ?? '').split(',');
    if (ids.length > 100) throw invalid('ids', query.ids);
    const found = ids.flatMap((id) => this.posts.byId(id) ?? []).filter(({ gone }) => !gone);
    const errors = ids
      .filter((id) => !found.some(({ history }) => history.includes(id)))
      .map((id) => ({
        value: id,
        resource_id: id,
        resource_type: 'tweet',
        parameter: 'ids',
        title: 'Not Found Error',
        detail: `Could not find tweet with ids: [${id}].`,
        type: 'https://api.twitter.com/2/problems/resource-not-found',
      }));
    return ok({
      ...(found.length > 0 && {
        data: found.map((post) => shown(post, this.spelling)),
        includes: this.#includes(found),
      }),
      ...(errors.length > 0 && { errors }),
    });
  }

  #reply(body: { text: string; reply?: { in_reply_to_tweet_id: string } }): Answer {
    const target = this.posts.byId(body.reply?.in_reply_to_tweet_id ?? '');
    if (!target || target.gone) throw new Problem(404, 'Not Found Error', 'The post you answer is not there any more.');
    const quoted = target.quotes && this.posts.byId(target.quotes);
    if (!mentions(target, this.us.username) && !(quoted && quoted.author === this.us)) {
      throw new Problem(403, 'Forbidden', 'Replies are limited to posts whose author mentioned you or quoted you.');
    }
    const twin = this.replies.some(({ text, at }) => text === body.text && this.now() - at < DAY_MS);
    if (twin) throw new Problem(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.');
    const { id, text } = this.say(this.us.username, body.text, { repliesTo: target.id });
    return { status: 201, body: { data: { id, text } } };
  }

  #limits(): Record<string, string> {
    const reset = String((Math.floor(this.now() / 900_000) + 1) * 900);
    return { 'x-rate-limit-limit': '300', 'x-rate-limit-remaining': '299', 'x-rate-limit-reset': reset };
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function invalid(parameter: string, value: unknown): Problem {
  const message = `The \`${parameter}\` query parameter value [${value}] is not valid`;
  const errors = [{ parameters: { [parameter]: [String(value)] }, message }];
  return new Problem(400, 'Invalid Request', 'One or more parameters to your request was invalid.', { errors });
}

function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + 1_288_834_974_657n);
}

function fail(response: ServerResponse, fault: XFault): void {
  if ('fault' in fault) return void FAULTS[fault.fault](response);
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
  sendJson(response, fault.status, fault.body);
}
