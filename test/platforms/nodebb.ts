import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Faults, noFaults } from './forum-faults.ts';
import { bodyOf, LocalPlatform, sendJson } from './local-server.ts';

export interface NodebbPost {
  pid: number;
  tid: number;
  title: string;
  isMainPost: boolean;
  uid: number;
  username: string;
  content: string;
  timestamp: number;
  toPid?: number;
  deleted: boolean;
  /** Shown to nobody like us. Takes its place in the list all the same. */
  hidden: boolean;
}

export const NODEBB_TOKEN = 'nodebb-token-for-tests-0d7e';
export const NODEBB_US = { uid: 900, username: 'acorn_help' };
const PAGE = 20;

/**
 * A NodeBB on 127.0.0.1, after its published description and its public source: the newest posts in numbered pages that have
 * lost their tags and what we may not see, single posts whole, everything of version 3 in an envelope. It counts what
 * reaches it. Nobody's real forum.
 */
export class NodebbPlatform extends LocalPlatform {
  readonly posts: NodebbPost[] = [];
  readonly requests: string[] = [];
  readonly faults: Faults = noFaults();
  onNextReply: ('break off' | 'moderated' | { status: number; body: object })[] = [];
  /** Called before a page is made, for what happens between two requests. */
  onPage: (page: number) => void = () => {};
  /** A token that may speak as anybody, and must say as whom. */
  isMaster = false;
  readonly now: () => number;
  #next = 1;

  constructor(now: () => number = Date.now) {
    super();
    this.now = now;
  }

  /** Somebody writes: a topic, or an answer in the topic of another post. */
  say(username: string, where: string | NodebbPost, content: string, more: Partial<NodebbPost> = {}): NodebbPost {
    const pid = this.#next++;
    const begins = typeof where === 'string';
    const post: NodebbPost = {
      pid,
      tid: begins ? 100 + pid : where.tid,
      title: begins ? where : where.title,
      isMainPost: begins,
      uid: username === NODEBB_US.username ? NODEBB_US.uid : 1 + username.length,
      username,
      content,
      timestamp: this.now(),
      deleted: false,
      hidden: false,
      ...more,
    };
    this.posts.push(post);
    return post;
  }

  purge(post: NodebbPost): void {
    this.posts.splice(this.posts.indexOf(post), 1);
  }

  get replies(): NodebbPost[] {
    return this.posts.filter(({ username }) => username === NODEBB_US.username);
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const body = await bodyOf(request);
    if (request.method === 'GET' && this.faults.strike(response)) return;
    const { authorization } = request.headers;
    const say = (status: number, value: unknown) => sendJson(response, status, value);
    if (authorization !== undefined && authorization !== `Bearer ${NODEBB_TOKEN}`)
      return say(401, no('not-authorised'));
    const uid = url.searchParams.get('_uid') ?? (body ? JSON.parse(body)._uid : undefined);
    if (this.isMaster && authorization && uid === undefined) return say(400, no('bad-request', MASTER));
    if (request.method === 'POST') return this.#reply(response, url, body, authorization !== undefined);
    return this.#read(url, authorization !== undefined, say);
  }

  #read(url: URL, member: boolean, say: (status: number, value: unknown) => void) {
    const [, , first = '', second = '', pid = '', what = ''] = url.pathname.split('/');
    if (`${first}/${second}` === 'recent/posts')
      return say(200, this.#recent(Number(url.searchParams.get('page') ?? 1)));
    if (first === 'self') return member ? say(200, NODEBB_US) : say(401, no('not-authorised'));
    if (first === 'search') return say(200, this.#search(url));
    if (`${first}/${second}` !== 'v3/posts') return say(404, no('not-found'));
    const post = this.posts.find((one) => String(one.pid) === pid);
    if (!post || post.hidden) return say(404, no('not-found', 'Post does not exist'));
    if (what === 'summary') return say(200, ok(shown(post)));
    if (what !== 'replies') return say(404, no('not-found'));
    return say(200, ok({ replies: this.posts.filter(({ toPid }) => toPid === post.pid).map(shown) }));
  }

  get #newest(): NodebbPost[] {
    return [...this.posts].sort((a, b) => b.timestamp - a.timestamp || b.pid - a.pid);
  }

  #recent(page: number): object[] {
    this.onPage(page);
    const some = this.#newest.slice((page - 1) * PAGE, page * PAGE);
    const seen = some.filter(({ hidden, deleted }) => !hidden && !deleted);
    return seen.map((post) => ({ ...shown(post), content: post.content.replace(/<[^<>]*>/g, '') }));
  }

  #search({ searchParams }: URL): object {
    const term = (searchParams.get('term') ?? '').toLowerCase();
    const page = Number(searchParams.get('page') ?? 1);
    const hits = this.#newest.filter(
      ({ title, content, deleted }) => !deleted && `${title} ${content}`.toLowerCase().includes(term),
    );
    const pageCount = Math.max(1, Math.ceil(hits.length / PAGE));
    const posts = hits.slice((page - 1) * PAGE, page * PAGE).map(shown);
    return { posts, matchCount: hits.length, pageCount, pagination: { currentPage: page, pageCount } };
  }

  #reply(response: Parameters<typeof sendJson>[0], url: URL, body: string, member: boolean) {
    const { content, toPid } = JSON.parse(body);
    const tid = Number(/^\/api\/v3\/topics\/(\d+)$/.exec(url.pathname)?.[1]);
    const first = this.posts.find((post) => post.tid === tid);
    const behaviour = this.onNextReply.shift();
    if (!member) return sendJson(response, 403, no('forbidden'));
    if (!first) return sendJson(response, 404, no('not-found', '[[error:no-topic]]'));
    if (typeof behaviour === 'object') return sendJson(response, behaviour.status, behaviour.body);
    if (behaviour === 'moderated') return sendJson(response, 200, ok({ id: 'reply-1', type: 'reply', queued: true }));
    const post = this.say(NODEBB_US.username, first, content, { toPid: Number(toPid) });
    if (behaviour === 'break off') return response.socket?.resetAndDestroy();
    return sendJson(response, 200, ok(shown(post)));
  }
}

const MASTER = 'A master token was received without a corresponding `_uid` in the request body';

function ok(response: object) {
  return { status: { code: 'ok', message: 'OK' }, response };
}

export function no(code: string, message = 'A valid login session was not found.') {
  return { status: { code, message }, response: {} };
}

/** Titles are escaped; yes and no are 1 and 0 here, true and false there. */
function shown(post: NodebbPost) {
  const { pid, tid, uid, username, timestamp, deleted, isMainPost } = post;
  return {
    pid,
    tid,
    uid,
    content: deleted ? '[[topic:post-is-deleted]]' : post.content,
    timestamp,
    timestampISO: new Date(timestamp).toISOString(),
    deleted,
    isMainPost,
    user: { uid, username, userslug: username, displayname: username },
    topic: { tid, title: escaped(post.title), titleRaw: post.title, slug: `${tid}/x`, deleted: 0, mainPid: pid },
    category: { cid: 2, name: 'Wallets', slug: '2/wallets' },
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
