import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyOf } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

export interface ForumPost {
  id: number;
  topicId: number;
  parentId?: number;
  author: { id: string; name: string };
  body: string;
  createdAt: string;
  editedAt?: string;
}

/** A post that somebody made through the API. */
export interface ForumReply extends ForumPost {
  parentId: number;
  key?: string;
}

/** How the forum behaves towards the next request of its kind. Everything else is answered as it should be. */
export type Behaviour =
  | { answer: number; retryAfter?: number | string; body?: unknown; stored?: boolean }
  | { answer: 'html' | 'half' | 'empty'; stored?: boolean }
  | { answer: 'never' | 'reset'; stored: boolean }
  | { answer: 'late'; ms: number }
  | { answer: 'repeat' }
  | { answer: 'altered'; alter(page: { posts: unknown[]; more: boolean }): unknown };

export const OUR_ACCOUNT = { id: 'u-1', name: 'acorn_help' };
export const API_KEY = 'forum-key-for-tests';

/**
 * A forum on 127.0.0.1 with an API of its own: posts in order, replies with an optional idempotency key, a search over an
 * account's own replies. It counts what reaches it, and can be told to behave badly. Nobody's real forum.
 */
export class Forum {
  readonly posts: ForumPost[] = [];
  /** Everything that arrived, as "POST /topics/1/replies". */
  readonly requests: string[] = [];
  /** Called with a reply that arrived, before and after it is stored; the answer waits for it. */
  onReply: (moment: 'received' | 'stored', key: string | undefined) => unknown = () => {};
  /** Without it a key is taken and ignored, as by a platform that knows none. */
  honoursKeys = true;
  readonly #onRead: Behaviour[] = [];
  readonly #onSend: Behaviour[] = [];
  readonly #onSearch: Behaviour[] = [];
  readonly #server: Server;
  #nextId = 1;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Somebody writes a post. */
  say(author: string, body: string, more: Partial<ForumPost> = {}): ForumPost {
    const id = this.#nextId++;
    const post: ForumPost = {
      id,
      topicId: more.topicId ?? id,
      author: author === OUR_ACCOUNT.name ? OUR_ACCOUNT : { id: `u-${author}`, name: author },
      body,
      createdAt: new Date().toISOString(),
      ...more,
    };
    this.posts.push(post);
    return post;
  }

  edit(id: number, body: string): void {
    const post = this.posts.find((one) => one.id === id);
    if (post) Object.assign(post, { body, editedAt: new Date().toISOString() });
  }

  get replies(): ForumReply[] {
    return this.posts.filter((post): post is ForumReply => post.author.id === OUR_ACCOUNT.id && 'parentId' in post);
  }

  onNextRead(...behaviours: Behaviour[]): void {
    this.#onRead.push(...behaviours);
  }

  onNextSend(...behaviours: Behaviour[]): void {
    this.#onSend.push(...behaviours);
  }

  onNextSearch(...behaviours: Behaviour[]): void {
    this.#onSearch.push(...behaviours);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    const body = await bodyOf(request);
    if (request.headers.authorization !== `Bearer ${API_KEY}`) {
      return answer(response, 401, { error: 'unknown key' });
    }
    const route = `${request.method} ${url.pathname.replace(/\d+/, ':id')}`;
    switch (route) {
      case 'GET /me':
        return answer(response, 200, OUR_ACCOUNT);
      case 'GET /posts':
        return behave(response, this.#onRead.shift(), () => this.#page(url.searchParams));
      case 'GET /replies':
        return behave(response, this.#onSearch.shift(), () => ({
          replies: this.replies.filter(({ parentId }) => parentId === Number(url.searchParams.get('to'))),
        }));
      case 'POST /topics/:id/replies':
        return this.#reply(request, response, Number(url.pathname.split('/')[2]), body);
      default:
        return answer(response, 404, { error: 'no such page' });
    }
  }

  #page(query: URLSearchParams): { posts: ForumPost[]; more: boolean } {
    const after = Number(query.get('after') ?? 0);
    const since = Number(query.get('since') ?? 0);
    const limit = Number(query.get('limit') ?? 20);
    const rest = this.posts.filter(({ id, createdAt }) => id > after && Date.parse(createdAt) >= since);
    return { posts: rest.slice(0, limit), more: rest.length > limit };
  }

  async #reply(request: IncomingMessage, response: ServerResponse, topicId: number, body: string): Promise<void> {
    const { to, text } = JSON.parse(body) as { to: number; text: string };
    const key = request.headers['idempotency-key']?.toString();
    const behaviour = this.#onSend.shift();
    await this.onReply('received', key);
    const store = () => this.#store(topicId, to, text, key);
    const badly = behaviour !== undefined && behaviour.answer !== 'late';
    if (badly && !('stored' in behaviour && behaviour.stored)) return behave(response, behaviour, () => ({}));
    const reply = store();
    await this.onReply('stored', key);
    const made = { id: reply.id, url: `${this.url}/posts/${reply.id}`, createdAt: reply.createdAt };
    return behave(response, behaviour, () => made, 201);
  }

  #store(topicId: number, parentId: number, body: string, key: string | undefined): ForumPost {
    const known = this.honoursKeys && key ? this.replies.find((reply) => reply.key === key) : undefined;
    if (known) return known;
    const more = { topicId, parentId, ...(key && { key }) };
    return this.say(OUR_ACCOUNT.name, body, more);
  }
}

async function behave<T>(
  response: ServerResponse,
  behaviour: Behaviour | undefined,
  good: () => T,
  status = 200,
): Promise<void> {
  if (!behaviour) return answer(response, status, good());
  switch (behaviour.answer) {
    case 'late':
      await pause(behaviour.ms);
      return answer(response, status, good());
    case 'repeat': {
      const page = good() as { posts: unknown[] };
      return answer(response, status, { ...page, posts: [...page.posts, ...page.posts] });
    }
    case 'altered':
      return answer(response, status, behaviour.alter(good() as { posts: unknown[]; more: boolean }));
    case 'never':
      return; // the socket stays open until the forum closes
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'empty':
      response.writeHead(status).end();
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Just a moment…</title>');
      return;
    case 'half': {
      const whole = JSON.stringify(good());
      response.writeHead(status, { 'content-length': whole.length + 40 });
      response.write(whole.slice(0, whole.length / 2), () => response.destroy());
      return;
    }
    default:
      if (behaviour.retryAfter !== undefined) response.setHeader('retry-after', behaviour.retryAfter);
      return answer(response, behaviour.answer, behaviour.body ?? { error: 'as the test wanted it' });
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
