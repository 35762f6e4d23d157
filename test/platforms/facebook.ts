import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { KINDS, type Kind } from './faults-report.ts';
import { bodyOf, FAULTS, LocalPlatform, sendJson } from './local-server.ts';

export const PAGE = { id: '104000000000017', name: 'Acorn Wallet' };
export const PAGE_TOKEN = 'EAAB-local-page-token-8812';
export const USER_TOKEN = 'EAAB-local-user-token-4410';
export const APP_ID = '5550001';
export const APP_SECRET = 'local-app-secret-90ab';
const OTHER = '209000000000001';

export const VERIFY_TOKEN = 'local verify token 31';

/** One thing that happened, as Facebook tells it to who is subscribed. */
export interface PageEvent {
  field: string;
  value: Record<string, unknown>;
}

export interface Thing {
  id: string;
  from: { id: string; name: string };
  message: string;
  created: number;
  /** The post it stands under, for a comment. */
  post?: string;
  /** The first comment, for an answer to one. */
  parent?: string;
  tagged?: boolean;
  canComment?: boolean;
  photo?: boolean;
}

export type Behaviour =
  | { as: 'reset' | 'silence' | 'html' | 'half-body' | 500; stored?: boolean }
  | {
      as: 'error';
      code: number;
      subcode?: number;
      message?: string;
      headers?: Record<string, string>;
      stored?: boolean;
    };

/** A place in a list as Facebook gives it: opaque, and it stays right when something new comes. */
const placeOf = ({ created, id }: Thing) => Buffer.from(`${created} ${id}`).toString('base64url');

/**
 * The Graph API on 127.0.0.1 as far as a Page needs it: lists by cursor, comments that are hidden unless asked for as a
 * stream, two levels of them, authors that are left out, empty lists for a token that is no Page's, usage in the headers,
 * refusals by Facebook's numbers. No real Page or person.
 */
export class FacebookPlatform extends LocalPlatform {
  readonly things: Thing[] = [];
  /** Everything that arrived, as "GET /104/feed". */
  readonly requests: string[] = [];
  /** Query and form of each request, in the same order. */
  readonly asked: URLSearchParams[] = [];
  readonly gone = new Set<string>();
  hidesAuthors = false;
  appSecret = '';
  version = 'v25.0';
  /** Sent with each answer. */
  headers: Record<string, string> = {};
  token = {
    type: 'PAGE',
    is_valid: true,
    expires_at: 0,
    data_access_expires_at: 0,
    scopes: ['pages_read_engagement', 'pages_read_user_content', 'pages_manage_engagement'],
  };
  faultRate = 0;
  /** What the Page is subscribed to. */
  subscribed: string[] = ['feed', 'mention'];
  /** What happened and was not told yet. */
  readonly events: PageEvent[] = [];
  random: () => number = Math.random;
  onFault: (fault: Kind) => void = () => {};
  now: () => number;
  #faults = 0;
  #next = 900_000;
  readonly #behaviours: { on: RegExp; behaviour: Behaviour }[] = [];

  constructor(now: () => number = Date.now) {
    super();
    this.now = now;
  }

  /** The next request like this goes wrong. */
  onNext(on: RegExp, behaviour: Behaviour): void {
    this.#behaviours.push({ on, behaviour });
  }

  get replies(): Thing[] {
    return this.things.filter(({ from, post }) => from.id === PAGE.id && post);
  }

  /** A post: ours, a visitor's on our Page, or, `tagged`, elsewhere with our Page in it. */
  post(author: string, message: string, more: Partial<Thing> = {}): Thing {
    return this.#add({
      id: `${more.tagged ? OTHER : PAGE.id}_${this.#next++}`,
      from: personOf(author),
      message,
      ...more,
    });
  }

  comment(author: string, under: Thing, message: string, more: Partial<Thing> = {}): Thing {
    const post = under.post ?? under.id;
    // Two levels: what answers an answer stands below the first comment.
    const parent = under.post ? (under.parent ?? under.id) : undefined;
    const id = `${post.split('_')[1]}_${this.#next++}`;
    return this.#add({ id, from: personOf(author), message, post, ...(parent && { parent }), ...more });
  }

  remove(thing: Thing): void {
    this.gone.add(thing.id);
    this.#tell(thing, 'remove');
  }

  edit(thing: Thing, message: string): void {
    thing.message = message;
    this.#tell(thing, 'edited');
  }

  #tell(thing: Thing, verb: 'add' | 'edited' | 'remove'): void {
    // Below posts of others nothing is told: reading finds it.
    if (this.things.find(({ id }) => id === thing.post)?.tagged) return;
    this.events.push(eventOf(thing, verb, this.hidesAuthors));
  }

  /**
   * Tells everything that happened, as Facebook does: many changes in one call, escaped, signed over those bytes. What is
   * not answered with 200 stays to be told.
   */
  async deliver(address: string, patienceMs = 2_000): Promise<number> {
    if (this.events.length === 0) return 200;
    const told = this.events.splice(0, 1000);
    const { body, headers } = signedCall(told, this.now());
    const status = await fetch(address, { method: 'POST', headers, body, signal: AbortSignal.timeout(patienceMs) })
      .then(async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      })
      .catch(() => 0);
    if (status !== 200) this.events.unshift(...told);
    return status;
  }

  #add(thing: Omit<Thing, 'created'> & Partial<Thing>): Thing {
    const made = { created: Math.floor(this.now() / 1000), ...thing };
    this.things.push(made);
    this.#tell(made, 'add');
    return made;
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const form = new URLSearchParams(await bodyOf(request));
    const path = url.pathname.replace(`/${/^\/(v[\d.]+)/.exec(url.pathname)?.[1]}`, '');
    const line = `${request.method} ${path}`;
    this.requests.push(line);
    this.asked.push(new URLSearchParams([...url.searchParams, ...form]));
    response.setHeader('facebook-api-version', this.version);
    for (const [name, value] of Object.entries(this.headers)) response.setHeader(name, value);
    const at = this.#behaviours.findIndex(({ on }) => on.test(line));
    if (at >= 0)
      return this.#misbehave(this.#behaviours.splice(at, 1)[0]?.behaviour as Behaviour, path, form, response);
    if (this.random() < this.faultRate) return this.#fail(response);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    // Nobody but the app itself is told about tokens.
    if (path === '/debug_token') {
      if (token === `${APP_ID}|${APP_SECRET}`) return sendJson(response, 200, { data: this.token });
      return sendError(response, { code: 100, message: 'You must provide an app access token' });
    }
    if (!this.#mayAsk(token, url.searchParams)) {
      return sendError(response, { code: 190, message: `Malformed access token ${token}` });
    }
    if (request.method === 'POST') return this.#reply(path, form.get('message') ?? '', response);
    return this.#read(path, url.searchParams, token === PAGE_TOKEN, response);
  }

  #mayAsk(token: string, query: URLSearchParams): boolean {
    if (token !== PAGE_TOKEN && token !== USER_TOKEN) return false;
    if (!this.appSecret) return true;
    return query.get('appsecret_proof') === createHmac('sha256', this.appSecret).update(token).digest('hex');
  }

  #read(path: string, query: URLSearchParams, asPage: boolean, response: ServerResponse): unknown {
    const [, id = '', edge] = path.split('/');
    if (path === '/me') return sendJson(response, 200, asPage ? PAGE : { id: '77', name: 'Lin Admin' });
    if (edge === 'subscribed_apps') {
      return sendJson(response, 200, { data: [{ id: APP_ID, name: 'Earshot', subscribed_fields: this.subscribed }] });
    }
    const one = this.things.find((thing) => thing.id === id);
    if (one && edge === undefined && this.#there(id)) {
      return sendJson(response, 200, this.#show(one, query.get('fields') ?? ''));
    }
    if (path === '/') return this.#objects((query.get('ids') ?? '').split(','), response);
    if (!asPage) return sendJson(response, 200, { data: [] });
    if (edge === 'feed' && id === PAGE.id) return sendJson(response, 200, this.#list(this.#posts(false), query));
    if (edge === 'tagged' && id === PAGE.id) return sendJson(response, 200, this.#list(this.#posts(true), query));
    if (edge === 'comments' && this.#there(id))
      return sendJson(response, 200, this.#list(this.#comments(id, query), query));
    return sendError(response, { code: 100, subcode: 33 });
  }

  #posts(tagged: boolean): Thing[] {
    return this.#newest(({ post, tagged: elsewhere = false }) => !post && elsewhere === tagged);
  }

  #comments(under: string, query: URLSearchParams): Thing[] {
    const all = this.#newest(({ post, parent }) => (post === under || parent === under) && true);
    // Without the stream only the first level is shown, and without the order it begins with the oldest.
    const shown =
      query.get('filter') === 'stream' ? all : all.filter(({ parent }) => parent === undefined || parent === under);
    return query.get('order') === 'reverse_chronological' ? shown : shown.reverse();
  }

  #newest(wanted: (thing: Thing) => boolean): Thing[] {
    const all = this.things.filter(
      (thing) => wanted(thing) && !this.gone.has(thing.id) && !this.gone.has(thing.post ?? ''),
    );
    return all.sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  }

  #list(all: Thing[], query: URLSearchParams) {
    const after = query.get('after');
    const limit = Number(query.get('limit') ?? 25);
    const start = after ? all.findIndex((thing) => placeOf(thing) === after) + 1 : 0;
    const shown = all.slice(start, start + limit);
    const [last] = shown.slice(-1);
    const next = start + limit < all.length ? { next: `${this.url}/next?access_token=${PAGE_TOKEN}` } : {};
    const data = shown.map((thing) => this.#show(thing, query.get('fields') ?? ''));
    return {
      data,
      ...(last && { paging: { cursors: { before: placeOf(shown[0] as Thing), after: placeOf(last) }, ...next } }),
    };
  }

  #show(thing: Thing, fields: string): object {
    const { id, from, message, created, post, parent, canComment, photo } = thing;
    const nested = /comments\.filter\((\w+)\)\.order\((\w+)\)\.limit\((\d+)\)/.exec(fields);
    const [, filter = '', order = '', limit = ''] = nested ?? [];
    const query = new URLSearchParams({ filter, order, limit });
    const comments = nested && !post && this.#list(this.#comments(id, query), query);
    return {
      id,
      ...(message && { message }),
      ...((!this.hidesAuthors || from.id === PAGE.id) && { from }),
      created_time: new Date(created * 1000).toISOString().replace('.000Z', '+0000'),
      permalink_url: `https://www.facebook.com/${id}`,
      ...(post && { can_comment: canComment ?? true }),
      ...(parent && { parent: { id: parent } }),
      ...(photo && { attachment: { type: 'photo' } }),
      ...(comments && comments.data.length > 0 && { comments }),
    };
  }

  #objects(ids: string[], response: ServerResponse): unknown {
    if (!ids.every((id) => this.#there(id))) return sendError(response, { code: 100, subcode: 33 });
    return sendJson(response, 200, Object.fromEntries(ids.map((id) => [id, { id }])));
  }

  #there(id: string): boolean {
    const thing = this.things.find((one) => one.id === id);
    return thing !== undefined && !this.gone.has(id) && !this.gone.has(thing.post ?? '');
  }

  #reply(path: string, message: string, response: ServerResponse): unknown {
    const to = this.things.find(({ id }) => path === `/${id}/comments`);
    if (!to || !this.#there(to.id)) return sendError(response, { code: 100, subcode: 33 });
    if (message.length > 8000) return sendError(response, { code: 100, message: 'The message is too long' });
    return sendJson(response, 200, { id: this.#comment(to, message).id });
  }

  #comment(to: Thing, message: string): Thing {
    return this.comment('', to, message.trim(), { from: PAGE });
  }

  #misbehave(behaviour: Behaviour, path: string, form: URLSearchParams, response: ServerResponse): void {
    const to = this.things.find(({ id }) => path === `/${id}/comments`);
    if (behaviour.stored && to) this.#comment(to, form.get('message') ?? '');
    if (behaviour.as === 'error') sendError(response, behaviour);
    else FAULTS[behaviour.as](response);
  }

  #fail(response: ServerResponse): void {
    const fault = KINDS[this.#faults++ % KINDS.length] as Kind;
    this.onFault(fault);
    const answers: Record<Kind, () => void> = {
      '429 with a waiting time': () => sendError(response, { code: 32, headers: businessUsage(100, 7) }),
      '429 without': () => sendError(response, { code: 613 }),
      '500': () => sendError(response, { code: 2 }),
      reset: () => FAULTS.reset(response),
      'time-out': () => FAULTS.silence(),
      HTML: () => FAULTS.html(response),
      'half a body': () => FAULTS['half-body'](response),
    };
    answers[fault]();
  }
}

/** What the header says of a Page's allowance, in per cent and minutes. */
export const businessUsage = (percent: number, minutes = 0) => ({
  'x-business-use-case-usage': JSON.stringify({
    [PAGE.id]: [
      { type: 'pages', call_count: percent, total_cputime: 1, total_time: 2, estimated_time_to_regain_access: minutes },
    ],
  }),
});

function personOf(name: string) {
  const sum = [...name].reduce((so, letter) => so * 31 + letter.charCodeAt(0), 7) % 1_000_000_000;
  return { id: `30000${sum}`, name };
}

function sendError(
  response: ServerResponse,
  {
    code,
    subcode,
    message = 'An error',
    headers = {},
  }: { code: number; subcode?: number; message?: string; headers?: Record<string, string> },
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const error = { message, type: 'OAuthException', code, ...(subcode && { error_subcode: subcode }), fbtrace_id: 'A1' };
  sendJson(response, code === 2 || code === 1 ? 500 : code === 190 ? 401 : 400, { error });
}

export interface SignedCall {
  body: string;
  headers: Record<string, string>;
}

/** Facebook signs what it sends, byte for byte: with characters beyond ASCII escaped, in small letters. */
export function signedCall(
  changes: readonly PageEvent[],
  now: number,
  page = PAGE.id,
  secret = APP_SECRET,
): SignedCall {
  const entry = [{ id: page, time: Math.floor(now / 1000), changes }];
  const body = JSON.stringify({ object: 'page', entry }).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` } };
}

function eventOf(thing: Thing, verb: 'add' | 'edited' | 'remove', hidesAuthors: boolean): PageEvent {
  const { id, from, message, created, post, parent, tagged, photo } = thing;
  const item = post ? 'comment' : photo ? 'photo' : 'post';
  const ids = post ? { comment_id: id, post_id: post, parent_id: parent ?? post } : { post_id: id };
  // Elsewhere only that we were named is told, and by whom.
  if (tagged && verb === 'add') return { field: 'mention', value: { ...ids, item, verb, sender_id: from.id } };
  return {
    field: 'feed',
    value: {
      ...ids,
      item,
      verb,
      created_time: created,
      ...((!hidesAuthors || from.id === PAGE.id) && { from }),
      ...(verb !== 'remove' && message && { message }),
    },
  };
}
