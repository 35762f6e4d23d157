import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Faults, noFaults } from './forum-faults.ts';
import { LocalPlatform, sendJson } from './local-server.ts';

export interface V2exTopic {
  id: number;
  node: string;
  title: string;
  content: string;
  member: string;
  created: number;
  last_modified: number;
  last_touched: number;
}

export const V2EX_KEY = 'v2ex-token-for-tests-3e88';
const LATEST = 10;
const PAGE = 20;

/** V2EX on 127.0.0.1: the newest topics without a token, whole nodes with one, ordered by when they were last touched. */
export class V2exPlatform extends LocalPlatform {
  readonly topics: V2exTopic[] = [];
  readonly requests: string[] = [];
  readonly faults: Faults = noFaults();
  /** What the headers say of the hour. Counts down. */
  allowance = { left: 600, resetAt: 0 };
  readonly now: () => number;

  constructor(now: () => number = Date.now) {
    super();
    this.now = now;
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(url.pathname + url.search);
    if (this.faults.strike(response)) return;
    const { authorization } = request.headers;
    if (authorization !== undefined && authorization !== `Bearer ${V2EX_KEY}`) {
      return sendJson(response, 401, { success: false, message: 'Invalid token' });
    }
    this.allowance.left -= 1;
    response.setHeader('x-rate-limit-remaining', Math.max(0, this.allowance.left));
    response.setHeader('x-rate-limit-reset', Math.floor(this.allowance.resetAt / 1000));
    if (this.allowance.left < 0) return sendJson(response, 403, { success: false, message: 'Rate limit exceeded' });
    const answer = this.#answer(url, authorization !== undefined);
    return answer ? sendJson(response, 200, answer) : sendJson(response, 404, { status: 'error' });
  }

  say(member: string, title: string, content: string, more: Partial<V2exTopic> = {}): V2exTopic {
    const at = Math.floor(this.now() / 1000);
    const id = 1_000_000 + this.topics.length;
    const times = { created: at, last_modified: at, last_touched: at };
    const topic = { id, node: 'wallet', title, content, member, ...times, ...more };
    this.topics.push(topic);
    return topic;
  }

  #answer({ pathname, searchParams }: URL, member: boolean): unknown {
    const node = /^\/api\/v2\/nodes\/([\w-]+)\/topics$/.exec(pathname)?.[1];
    if (node !== undefined) {
      const page = Number(searchParams.get('p') ?? 1);
      const result =
        member &&
        this.#touched(node)
          .slice((page - 1) * PAGE, page * PAGE)
          .map(shown);
      return result && { success: true, message: `Node topics list for page ${page}`, result };
    }
    if (pathname === '/api/topics/latest.json') return this.#touched().slice(0, LATEST).map(shown);
    if (pathname !== '/api/topics/show.json') return undefined;
    const id = Number(searchParams.get('id'));
    if (id) return this.topics.filter((topic) => topic.id === id).map(shown);
    return this.#touched(searchParams.get('node_name') ?? '')
      .slice(0, LATEST)
      .map(shown);
  }

  #touched(node?: string): V2exTopic[] {
    const some = this.topics.filter((topic) => node === undefined || topic.node === node);
    return some.sort((a, b) => b.last_touched - a.last_touched || b.id - a.id);
  }
}

function shown(topic: V2exTopic) {
  const { member, node, content, ...rest } = topic;
  return {
    ...rest,
    content,
    content_rendered: `<p>${content}</p>`,
    url: `https://www.v2ex.com/t/${topic.id}`,
    replies: 0,
    member: { id: 1 + member.length, username: member },
    node: { name: node, title: 'Wallets' },
  };
}
