import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerBadly, type Planned, type RandomTrouble } from './discord-faults.ts';
import { Gateway } from './discord-gateway.ts';
import { Refusal, route } from './discord-rest.ts';
import { channelOf, messageEventOf } from './discord-shapes.ts';
import { type Person, type Room, type Said, World } from './discord-world.ts';
import { bodyOf, sendJson } from './local-server.ts';

export const BOT_TOKEN = 'bot-token-for-tests';

/** One request and its answer, for checks against the official description. */
export interface Exchange {
  method: string;
  path: string;
  query: Record<string, string>;
  body?: unknown;
  status: number;
  answer: unknown;
}

/**
 * Discord on 127.0.0.1: REST v10 and the gateway, for one bot, true to its documentation where a bot could trip over it.
 * It counts on its own side and can be told to misbehave. Nobody's real server.
 */
export class LocalDiscord {
  readonly world = new World();
  /** Everything that arrived, as "GET /channels/1/messages". */
  readonly requests: string[] = [];
  readonly exchanges: Exchange[] = [];
  readonly gateway: Gateway;
  /** Requests that go wrong by chance, from now on. */
  trouble: RandomTrouble | undefined;
  /** Per route and channel or server, as announced in the headers. */
  bucket = { count: 1_000, perMs: 1_000 };
  /** How long a nonce is remembered. */
  nonceMs = 5 * 60_000;
  readonly #planned: { method: string; path: RegExp; how: Planned }[] = [];
  readonly #buckets = new Map<string, { used: number; resetAt: number }>();
  readonly #nonces = new Map<string, { said: Said; until: number }>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.gateway = new Gateway(this.world, BOT_TOKEN);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => this.gateway.upgrade(request, socket, head));
  }

  static async start(port = 0): Promise<LocalDiscord> {
    const platform = new LocalDiscord();
    await new Promise<void>((resolve) => platform.#server.listen(port, '127.0.0.1', resolve));
    platform.gateway.url = platform.origin.replace('http', 'ws');
    return platform;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What a source sets as its `address`. */
  get url(): string {
    return `${this.origin}/api`;
  }

  async close(): Promise<void> {
    this.gateway.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    // Those that asked for a live connection too, and were not let in yet.
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** The next request of this kind goes wrong in this way. */
  onNext(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: RegExp, how: Planned): void {
    this.#planned.push({ method, path, how });
  }

  // --- what people do, heard live -----------------------------------------------------------------------------------

  say(room: Room, by: string | Person, content: string, more: Partial<Said> = {}): Said {
    const said = this.world.say(room, by, content, more);
    this.#tell('MESSAGE_CREATE', said);
    return said;
  }

  /** Also for a change of its buttons alone: Discord marks both as edited. */
  edit(id: string, content: string): void {
    const said = this.world.messages.get(id);
    if (!said) return;
    Object.assign(said, { content, editedAt: Date.now() });
    this.#tell('MESSAGE_UPDATE', said);
  }

  /** The same event once more, as after a break. */
  tellAgain(id: string): void {
    const said = this.world.messages.get(id);
    if (said) this.#tell('MESSAGE_CREATE', said);
  }

  remove(...ids: string[]): void {
    const removed = ids.flatMap((id) => this.world.remove(id) ?? []);
    const [first] = removed;
    if (!first) return;
    const guild = this.world.rooms.get(first.channel)?.guild;
    const where = { channel_id: first.channel, ...(guild && { guild_id: guild }) };
    if (removed.length === 1) this.gateway.dispatch('MESSAGE_DELETE', { id: first.id, ...where });
    else this.gateway.dispatch('MESSAGE_DELETE_BULK', { ids: removed.map(({ id }) => id), ...where });
  }

  openThread(parent: Room, name: string, by: string, content: string, at?: number): Room {
    const room = this.world.addThread(parent, name, by, content, at);
    this.gateway.dispatch('THREAD_CREATE', { ...channelOf(this.world, room), newly_created: true });
    const first = this.world.messages.get(room.id);
    if (first) this.#tell('MESSAGE_CREATE', first);
    return room;
  }

  #tell(event: string, said: Said): void {
    const direct = this.world.rooms.get(said.channel)?.guild === undefined;
    this.gateway.dispatch(event, (sees) => messageEventOf(this.world, said, sees), direct ? 'direct' : 'guild');
  }

  // --- REST -----------------------------------------------------------------------------------------------------------

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(/^\/api\/v10/, '');
    this.requests.push(`${method} ${path}`);
    const text = await bodyOf(request);
    const planned = this.#plannedFor(method, path) ?? this.trouble?.next();
    if (request.headers.authorization !== `Bot ${BOT_TOKEN}`) {
      return sendJson(response, 401, { message: '401: Unauthorized', code: 0 });
    }
    if (!url.pathname.startsWith('/api/v10/')) return sendJson(response, 404, { message: '404: Not Found', code: 0 });
    if (planned && !('stored' in planned && planned.stored) && planned.answer !== 'half') {
      return answerBadly(response, planned, {});
    }
    if (!this.#take(method, path, response)) return;
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : undefined;
    const { status, answer } = this.#do(method, path, url.searchParams, body);
    const query = Object.fromEntries(url.searchParams);
    this.exchanges.push({ method, path, query, status, answer, ...(body && { body }) });
    if (planned) return answerBadly(response, planned, answer);
    if (status === 204) response.writeHead(204).end();
    else sendJson(response, status, answer);
  }

  #do(method: string, path: string, query: URLSearchParams, body: Record<string, unknown> | undefined) {
    try {
      const answer = route(this, method, path, query, body);
      return { status: answer === undefined ? 204 : 200, answer };
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return { status: thrown.status, answer: { message: thrown.message, code: thrown.code } };
    }
  }

  /** What the bot posts. A nonce that is enforced and known gives the message that it made before. */
  post(room: Room, content: string, more: Partial<Said>, enforce: boolean): Said {
    const { nonce } = more;
    const known = nonce ? this.#nonces.get(nonce) : undefined;
    if (enforce && known && known.until > Date.now()) return known.said;
    const said = this.say(room, this.world.bot, content, more);
    if (nonce) this.#nonces.set(nonce, { said, until: Date.now() + this.nonceMs });
    return said;
  }

  #plannedFor(method: string, path: string): Planned | undefined {
    const at = this.#planned.findIndex((one) => one.method === method && one.path.test(path));
    return at < 0 ? undefined : this.#planned.splice(at, 1)[0]?.how;
  }

  /** False when the bucket was empty, and the answer said so. */
  #take(method: string, path: string, response: ServerResponse): boolean {
    const key = `${method} ${path.replace(/^(\/\w+\/[^/]+)(.*)$/, (_, major: string, rest: string) => major + rest.replace(/\d+/g, ':id'))}`;
    const now = Date.now();
    const known = this.#buckets.get(key);
    const bucket = known && known.resetAt > now ? known : { used: 0, resetAt: now + this.bucket.perMs };
    this.#buckets.set(key, bucket);
    bucket.used++;
    const seconds = (bucket.resetAt - now) / 1000;
    response.setHeader('x-ratelimit-limit', this.bucket.count);
    response.setHeader('x-ratelimit-remaining', Math.max(0, this.bucket.count - bucket.used));
    response.setHeader('x-ratelimit-reset', (bucket.resetAt / 1000).toFixed(3));
    response.setHeader('x-ratelimit-reset-after', seconds.toFixed(3));
    response.setHeader('x-ratelimit-bucket', Buffer.from(key).toString('hex').slice(0, 32));
    if (bucket.used <= this.bucket.count) return true;
    response.setHeader('retry-after', Math.ceil(seconds));
    response.setHeader('x-ratelimit-scope', 'user');
    sendJson(response, 429, { message: 'You are being rate limited.', retry_after: seconds, global: false });
    return false;
  }
}
