import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, FAULTS, LocalPlatform, sendJson } from './local-server.ts';
import {
  type Behaviour,
  behave,
  blockPage,
  errors,
  escaped,
  page,
  type Subreddit,
  showSubreddit,
  type Thing,
} from './reddit-answers.ts';
import { sendFeed } from './reddit-feeds.ts';

export type { Behaviour, Subreddit, Thing };

export const APP = {
  id: 'reddit-app-id',
  secret: 'reddit-app-secret-1f9c',
  refresh: 'reddit-refresh-token-77ab',
  password: 'reddit-password-c0de',
};
export const US = { id: 'w2', name: 'acorn_help' };
export const USER_AGENT = 'node:org.example.earshot-tests:0.1 (by /u/acorn_dev)';

const RANDOM_FAULTS = ['no time named', 429, 500, 'reset', 'silence', 'block page', 'html', 'half-body'] as const;
export type RandomFault = (typeof RANDOM_FAULTS)[number];

/**
 * A Reddit on 127.0.0.1, as far as its public API documentation and what is known of its listings go: OAuth, listings by
 * full id that end after 1,000 items and answer with nothing when the item to go on from is gone, errors with status 200,
 * an allowance in the headers. It counts what reaches it, and can be told to behave badly. Nobody's real community.
 */
export class RedditPlatform extends LocalPlatform {
  readonly things: Thing[] = [];
  readonly subreddits = new Map<string, Subreddit>();
  /** Everything that arrived, as "GET /r/wallets/new?limit=100". */
  readonly requests: string[] = [];
  /** Called with a comment that arrived, before and after it is stored; the answer waits for it. */
  onComment: (moment: 'received' | 'stored', parent: string) => unknown = () => {};
  now: () => number;
  /** Our account, and how its app names itself. */
  readonly us: typeof US;
  readonly userAgent: string;
  scope = '*';
  tokenSeconds = 86_400;
  suspended = false;
  /** What the headers say of the allowance. Counts down when set. */
  allowance: { remaining: number; reset: number } | undefined;
  /** The share of API requests that fail, in every way in turn, and what draws the lots. */
  faultRate = 0;
  onFault: (fault: RandomFault) => void = () => {};
  #faults = 0;
  random: () => number = Math.random;
  /** The most requests that were open at the same time. */
  mostAtOnce = 0;
  #open = 0;
  readonly #tokens = new Map<string, number>();
  /** Tokens of the app without an account. */
  readonly #appTokens = new Set<string>();
  readonly #onRead: Behaviour[] = [];
  readonly #onSend: Behaviour[] = [];
  #next = 46_655;

  constructor(now: () => number = Date.now, { us = US, userAgent = USER_AGENT } = {}) {
    super();
    this.now = now;
    this.us = us;
    this.userAgent = userAgent;
  }

  onNextRead(...behaviours: Behaviour[]): void {
    this.#onRead.push(...behaviours);
  }

  onNextSend(...behaviours: Behaviour[]): void {
    this.#onSend.push(...behaviours);
  }

  subreddit(name: string, more: Partial<Subreddit> = {}): Subreddit {
    const known = this.subreddits.get(name.toLowerCase());
    const made = known ?? {
      name,
      id: `t5_s${this.subreddits.size + 1}`,
      type: 'public',
      banned: false,
      restricted: false,
    };
    this.subreddits.set(name.toLowerCase(), Object.assign(made, more));
    return made;
  }

  post(author: string, subreddit: string, title: string, text = '', more: Partial<Thing> = {}): Thing {
    const name = this.#newName('t3');
    return this.#add({ kind: 't3', name, author, subreddit, title, text, link: name, ...more });
  }

  comment(author: string, under: Thing, text: string, more: Partial<Thing> = {}): Thing {
    const name = this.#newName('t1');
    const { subreddit, link } = under;
    return this.#add({ kind: 't1', name, author, subreddit, text, link, parent: under.name, ...more });
  }

  /** Comments that our account made through the API. */
  get replies(): Thing[] {
    return this.things.filter(({ kind, author }) => kind === 't1' && author === this.us.name);
  }

  /** All access tokens end now. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  #newName(kind: 't1' | 't3'): string {
    this.#next += 1;
    return `${kind}_${this.#next.toString(36)}`;
  }

  #add(thing: Omit<Thing, 'created' | 'edited' | 'locked' | 'archived' | 'mentionsUs'> & Partial<Thing>): Thing {
    this.subreddit(thing.subreddit);
    const created = Math.floor(this.now() / 1000);
    const made = { created, edited: false as const, locked: false, archived: false, mentionsUs: false, ...thing };
    this.things.push(made);
    return made;
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
    response.once('finish', () => {
      this.#open -= 1;
    });
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const body = await bodyOf(request);
    const agent = request.headers['user-agent'];
    if (agent !== this.userAgent) return sendJson(response, 429, { message: 'Too Many Requests', error: 429 });
    if (url.pathname === '/api/v1/access_token') return this.#giveToken(request, response, new URLSearchParams(body));
    if (this.faultRate > 0 && this.random() < this.faultRate) return this.#fail(response);
    if (url.pathname.endsWith('.rss')) return this.#feed(response, url);
    const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if ((this.#tokens.get(token ?? '') ?? 0) < Date.now()) {
      return sendJson(response, 401, { message: 'Unauthorized', error: 401 });
    }
    this.#countDown(response);
    const needsAccount = request.method === 'POST' || /^\/(?:message|user|api\/v1\/me)\b/.test(url.pathname);
    if (needsAccount && this.#appTokens.has(token ?? '')) return sendJson(response, 403, { error: 403 });
    if (request.method === 'POST') return this.#post(response, url, new URLSearchParams(body));
    const behaviour = this.#onRead.shift();
    const good = () => this.#read(url, request.url?.includes('raw_json=1') ?? false);
    if (behaviour) return behave(response, behaviour, { status: 200, body: {} });
    const { status, body: answer, location } = good();
    if (location) {
      response.writeHead(302, { location }).end();
      return;
    }
    return sendJson(response, status, answer);
  }

  /** Open to everybody. */
  #feed(response: ServerResponse, url: URL): void {
    this.#countDown(response);
    const behaviour = this.#onRead.shift();
    if (behaviour) behave(response, behaviour, { status: 200, body: {} });
    else sendFeed(response, this, url);
  }

  #countDown(response: ServerResponse): void {
    if (!this.allowance) return;
    this.allowance.remaining = Math.max(0, this.allowance.remaining - 1);
    response.setHeader('x-ratelimit-used', '1');
    response.setHeader('x-ratelimit-remaining', this.allowance.remaining.toFixed(1));
    response.setHeader('x-ratelimit-reset', String(this.allowance.reset));
  }

  #giveToken(request: IncomingMessage, response: ServerResponse, form: URLSearchParams): void {
    const basic = `Basic ${Buffer.from(`${APP.id}:${APP.secret}`).toString('base64')}`;
    const isApp = request.headers.authorization === basic;
    const refreshed = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === APP.refresh;
    const signedIn = form.get('username') === this.us.name && form.get('password') === APP.password;
    const isAccount = refreshed || (form.get('grant_type') === 'password' && signedIn);
    const isAppAlone = form.get('grant_type') === 'client_credentials';
    if (!isApp || !(isAccount || isAppAlone)) {
      const status = isApp ? 400 : 401;
      sendJson(response, status, { message: isApp ? 'Bad Request' : 'Unauthorized', error: status });
      return;
    }
    const access_token = randomUUID();
    this.#tokens.set(access_token, Date.now() + this.tokenSeconds * 1000);
    if (isAppAlone) this.#appTokens.add(access_token);
    sendJson(response, 200, { access_token, token_type: 'bearer', expires_in: this.tokenSeconds, scope: this.scope });
  }

  #fail(response: ServerResponse): void {
    const fault = RANDOM_FAULTS[this.#faults++ % RANDOM_FAULTS.length] ?? 500;
    this.onFault(fault);
    if (fault === 'no time named') sendJson(response, 429, { message: 'Too Many Requests', error: 429 });
    else if (fault === 'block page') blockPage(response);
    else FAULTS[fault](response);
  }

  #read(url: URL, raw: boolean): { status: number; body?: unknown; location?: string } {
    const { pathname, searchParams: query } = url;
    const ok = (body: unknown) => ({ status: 200, body });
    const listed = (things: Thing[], inbox = false) => ok(page(things, query, (thing) => this.show(thing, raw, inbox)));
    if (pathname === '/api/v1/me') return ok({ ...this.us, is_suspended: this.suspended });
    if (pathname === '/message/mentions')
      return listed(
        this.things.filter(({ mentionsUs }) => mentionsUs),
        true,
      );
    if (pathname === '/search') return listed(this.#search(query));
    if (pathname === '/subreddits/search') return ok({ kind: 'Listing', data: { after: null, children: [] } });
    if (pathname === '/api/info') return ok(this.#info(query, raw));
    const own = /^\/user\/([\w-]+)\/comments$/.exec(pathname)?.[1];
    if (own) return listed(this.things.filter(({ kind, author }) => kind === 't1' && author === own));
    const [, names = '', what = ''] = /^\/r\/([\w+]+)\/(comments|new|search)$/.exec(pathname) ?? [];
    if (!what) return { status: 404, body: { message: 'Not Found', error: 404 } };
    return this.#within(names.toLowerCase().split('+'), what, query, listed);
  }

  #within(
    names: string[],
    what: string,
    query: URLSearchParams,
    listed: (things: Thing[]) => { status: number; body: unknown },
  ) {
    const places = names.map((name) => this.subreddits.get(name));
    if (places.some((place) => !place)) return { status: 302, location: `/subreddits/search?q=${names[0]}` };
    const closed = places.find((place) => place?.closed)?.closed;
    if (closed === 'banned') return { status: 404, body: { reason: 'banned', message: 'Not Found', error: 404 } };
    if (closed) return { status: 403, body: { reason: closed, message: 'Forbidden', error: 403 } };
    const all =
      what === 'search'
        ? this.#search(query)
        : this.things.filter(({ kind }) => kind === (what === 'new' ? 't3' : 't1'));
    return listed(all.filter(({ subreddit }) => names.includes(subreddit.toLowerCase())));
  }

  #search(query: URLSearchParams): Thing[] {
    const words = (query.get('q') ?? '').toLowerCase();
    return this.things.filter(
      ({ kind, title, text }) => kind === 't3' && `${title} ${text}`.toLowerCase().includes(words),
    );
  }

  /** Only what is there: an id that nobody knows is left out. Deleted things keep their place and lose their words. */
  #info(query: URLSearchParams, raw: boolean) {
    const ids = (query.get('id') ?? '').split(',').slice(0, 100);
    const things = ids.flatMap((id) => this.things.find(({ name }) => name === id) ?? []);
    const places = [...this.subreddits.values()].filter(({ id }) => ids.includes(id));
    const children = [...things.map((thing) => this.show(thing, raw, false)), ...places.map(showSubreddit)];
    return { kind: 'Listing', data: { after: null, before: null, children } };
  }

  /** A thing as the API shows it. */
  show(thing: Thing, raw = true, inbox = false) {
    const { kind, name, subreddit, created, edited, locked, archived, link, parent, deleted } = thing;
    const text = deleted === 'author' ? '[deleted]' : deleted === 'moderator' ? '[removed]' : thing.text;
    const gone = deleted === 'author' || deleted === 'account';
    const words = (value: string) => (raw ? value : escaped(value));
    const path = `/r/${subreddit}/comments/${link.slice(3)}/a_title/${kind === 't1' ? `${name.slice(3)}/` : ''}`;
    const common = {
      id: name.slice(3),
      name,
      author: gone ? '[deleted]' : thing.author,
      ...(!gone && { author_fullname: `t2_${thing.author === this.us.name ? this.us.id : thing.author}` }),
      subreddit,
      subreddit_id: this.subreddit(subreddit).id,
      created_utc: created,
      edited: edited === false ? false : edited,
      locked,
      archived,
      ...(deleted === 'moderator' && { removed_by_category: 'moderator' }),
    };
    if (kind === 't3') {
      const more = { title: words(thing.title ?? ''), selftext: words(text), is_self: true, permalink: path };
      return { kind, data: { ...common, ...more, url: `https://www.reddit.com${path}` } };
    }
    if (inbox) {
      const more = {
        subject: 'username mention',
        was_comment: true,
        type: 'username_mention',
        context: `${path}?context=3`,
      };
      return { kind, data: { ...common, ...more, body: words(text), parent_id: parent } };
    }
    // Comments of a listing come without `replies`, those of a thread with an empty text.
    return { kind, data: { ...common, body: words(text), link_id: link, parent_id: parent, permalink: path } };
  }

  async #post(response: ServerResponse, url: URL, form: URLSearchParams): Promise<void> {
    if (url.pathname !== '/api/comment') return sendJson(response, 404, { message: 'Not Found', error: 404 });
    const parent = form.get('thing_id') ?? '';
    const behaviour = this.#onSend.shift();
    await this.onComment('received', parent);
    const refused = this.#refusal(parent, form);
    if (behaviour?.as === 'error')
      return sendJson(response, 200, errors(behaviour.code, behaviour.text, behaviour.ratelimit));
    if (behaviour && !behaviour.stored) return behave(response, behaviour, { status: 200, body: {} });
    if (refused === 403) return sendJson(response, 403, { message: 'Forbidden', error: 403 });
    if (refused) return sendJson(response, 200, refused);
    const under = this.things.find(({ name }) => name === parent) as Thing;
    const made = this.comment(this.us.name, under, form.get('text') ?? '');
    await this.onComment('stored', parent);
    const body = { json: { errors: [], data: { things: [this.show(made, true, false)] } } };
    return behaviour ? behave(response, behaviour, { status: 200, body }) : sendJson(response, 200, body);
  }

  #refusal(parent: string, form: URLSearchParams): object | 403 | undefined {
    const under = this.things.find(({ name }) => name === parent);
    const link = this.things.find(({ name }) => name === under?.link);
    if (form.get('api_type') !== 'json') return { jquery: [], success: false };
    if (!under) return 403;
    if (this.subreddit(under.subreddit).banned) return 403;
    if (!form.get('text')) return errors('NO_TEXT', 'we need something here');
    if (under.deleted) return errors(under.kind === 't1' ? 'DELETED_COMMENT' : 'DELETED_LINK', 'that has been deleted');
    if (under.locked || link?.locked) return errors('THREAD_LOCKED', 'Comments are locked.');
    if (under.archived || link?.archived)
      return errors('TOO_OLD', "that's a piece of history now; it's too late to reply to it");
    return undefined;
  }
}
