import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Faults, noFaults } from './forum-faults.ts';
import { LocalPlatform } from './local-server.ts';

export interface Question {
  question_id: number;
  title: string;
  body: string;
  creation_date: number;
  last_edit_date?: number;
  link: string;
  owner: { user_id: number; display_name: string; link: string };
}

export const STACK_KEY = 'stack-key-for-tests-9b1f';

/**
 * The part of Stack Exchange's API 2.3 that is used, on 127.0.0.1: one site, searches by time, always compressed, everything in a
 * wrapper with the quota, now and then with `backoff`. It refuses what its documentation does not know.
 */
export class StackPlatform extends LocalPlatform {
  readonly questions: Question[] = [];
  readonly requests: string[] = [];
  readonly faults: Faults = noFaults();
  /** Goes out with the next answer. */
  backoff: number | undefined;
  /** Instead of the next answer. */
  onNext: { status: number; body: object }[] = [];
  quota = { max: 300, remaining: 300 };
  readonly now: () => number;

  constructor(now: () => number = Date.now) {
    super();
    this.now = now;
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(url.pathname + url.search);
    if (this.faults.strike(response)) return;
    const { status, body } = this.#answer(url);
    const headers = { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' };
    response.writeHead(status, headers).end(gzipSync(JSON.stringify(body)));
  }

  /** Titles and names come escaped, bodies as HTML. */
  ask(name: string, title: string, body: string, more: Partial<Question> = {}): Question {
    const id = 70_000_000 + this.questions.length;
    const question: Question = {
      question_id: id,
      title,
      body,
      creation_date: Math.floor(this.now() / 1000),
      link: `https://money.example/questions/${id}/x`,
      owner: { user_id: 1 + name.length, display_name: name, link: `https://money.example/users/${name.length}` },
      ...more,
    };
    this.questions.push(question);
    return question;
  }

  #answer(url: URL): { status: number; body: object } {
    const next = this.onNext.shift();
    if (next) return next;
    const { searchParams: query, pathname } = url;
    if (!query.get('site')) return no(400, 'bad_parameter', 'site is required');
    if (query.has('key') && query.get('key') !== STACK_KEY) return no(400, 'bad_parameter', '`key` is not valid');
    this.quota.remaining -= 1;
    if (pathname === '/2.3/info') return this.#wrapped([{ total_questions: this.questions.length }], false);
    const known = /^\/2\.3\/questions\/([\d;]+)$/.exec(pathname)?.[1]?.split(';').map(Number);
    if (known)
      return this.#wrapped(
        this.questions.filter(({ question_id }) => known.includes(question_id)),
        false,
      );
    if (pathname !== '/2.3/search/advanced') return no(404, 'no_method', 'no method found with this name');
    return this.#search(query);
  }

  #search(query: URLSearchParams): { status: number; body: object } {
    const [page, size, from, to] = ['page', 'pagesize', 'fromdate', 'todate'].map((name) => Number(query.get(name)));
    if (!page || !size || size > 100 || query.get('filter') !== 'withbody') return no(400, 'bad_parameter', 'pagesize');
    const hits = this.questions
      .filter(({ title, body }) => `${title} ${body}`.includes(query.get('q') ?? ''))
      .filter(({ creation_date: at }) => at >= (from ?? 0) && at <= (to || Number.POSITIVE_INFINITY))
      .sort((a, b) => b.creation_date - a.creation_date || b.question_id - a.question_id);
    return this.#wrapped(hits.slice((page - 1) * size, page * size), hits.length > page * size);
  }

  #wrapped(items: object[], has_more: boolean) {
    const backoff = this.backoff;
    this.backoff = undefined;
    const quota = { quota_max: this.quota.max, quota_remaining: this.quota.remaining };
    return { status: 200, body: { items, has_more, ...quota, ...(backoff && { backoff }) } };
  }
}

export function no(status: number, error_name: string, error_message: string, error_id = status) {
  return { status, body: { error_id, error_name, error_message } };
}
