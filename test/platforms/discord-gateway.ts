import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { guildEventOf, userOf } from './discord-shapes.ts';
import type { World } from './discord-world.ts';

const MESSAGE_CONTENT = 1 << 15;
const DIRECT_MESSAGES = 1 << 12;
const GUILD_MESSAGES = 1 << 9;

interface Session {
  id: string;
  intents: number;
  seq: number;
  /** What was dispatched, for a resume. */
  sent: { s: number; t: string; d: unknown }[];
  socket: WebSocket | undefined;
}

/** Discord's gateway, version 10: sessions that survive a break and replay what was missed, and die by a clean close. */
export class Gateway {
  url = '';
  heartbeatMs = 41_250;
  sessionsLeft = 1_000;
  /** Closes the next connections with these codes instead of letting them in. */
  readonly refusals: number[] = [];
  /** Takes everything and says nothing, as a connection whose other end is gone. */
  mute = false;
  /** Called with every payload that comes in or goes out. */
  onPayload: (way: 'in' | 'out', payload: unknown) => void = () => {};
  identified = 0;
  resumed = 0;
  heartbeats = 0;
  readonly #world: World;
  readonly #token: string;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  readonly #waiting: { met: () => boolean; resolve: () => void }[] = [];

  constructor(world: World, token: string) {
    this.#world = world;
    this.#token = token;
  }

  information() {
    const limit = { total: 1_000, remaining: this.sessionsLeft, reset_after: 14_400_000, max_concurrency: 1 };
    return { url: this.url, shards: 1, session_start_limit: limit };
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => this.#welcome(client));
  }

  /** Resolves as soon as this many sessions were begun and resumed. */
  reached(identified: number, resumed = 0): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ met: () => this.identified >= identified && this.resumed >= resumed, resolve });
      this.#look();
    });
  }

  /** Closes every connection. 1000 and 1001 end the sessions too. */
  drop(code = 4000): void {
    for (const session of this.#sessions.values()) session.socket = undefined;
    for (const client of this.#server.clients) client.close(code);
    if (code === 1000 || code === 1001) this.#sessions.clear();
  }

  /** Reads nothing more from those who are connected, not even a goodbye. */
  freeze(): void {
    for (const client of this.#server.clients) client.pause();
  }

  /** As after some minutes: nothing can be resumed any more. */
  forget(): void {
    this.#sessions.clear();
  }

  /** Tells every connection to come back (op 7). */
  askToReconnect(): void {
    for (const { socket } of this.#sessions.values()) this.#send(socket, { op: 7, d: null });
  }

  dispatch(t: string, make: object | ((sees: boolean) => unknown), of: 'guild' | 'direct' = 'guild'): void {
    for (const session of this.#sessions.values()) {
      const wanted = of === 'guild' ? GUILD_MESSAGES : DIRECT_MESSAGES;
      if (t.startsWith('MESSAGE') && (session.intents & wanted) === 0) continue;
      const sees = (session.intents & MESSAGE_CONTENT) !== 0;
      this.#tell(session, t, typeof make === 'function' ? make(sees) : make);
    }
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    this.#send(socket, { op: 10, d: { heartbeat_interval: this.heartbeatMs } });
    socket.on('message', (data) => {
      if (this.mute) return;
      const payload = JSON.parse(String(data));
      this.onPayload('in', payload);
      const { op, d } = payload;
      if (op === 1) {
        this.heartbeats++;
        this.#send(socket, { op: 11, d: null });
      } else if (op === 2) this.#identify(socket, d);
      else if (op === 6) this.#resume(socket, d);
    });
  }

  #identify(socket: WebSocket, { token, intents }: { token: string; intents: number }): void {
    if (token !== this.#token) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      socket.close(refusal);
      return;
    }
    if (intents & MESSAGE_CONTENT && !this.#world.contentIntent) {
      socket.close(4014, 'Disallowed intent(s).');
      return;
    }
    const session: Session = { id: `session-${++this.identified}`, intents, seq: 0, sent: [], socket };
    this.#sessions.set(session.id, session);
    this.sessionsLeft--;
    const guilds = [...this.#world.guilds.keys()];
    this.#tell(session, 'READY', {
      v: 10,
      user: userOf(this.#world.bot),
      guilds: guilds.map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.url,
      shard: [0, 1],
      application: { id: this.#world.bot.id, flags: 0 },
    });
    for (const id of guilds) this.#tell(session, 'GUILD_CREATE', guildEventOf(this.#world, id));
    this.#look();
  }

  #resume(socket: WebSocket, { token, session_id: id, seq }: { token: string; session_id: string; seq: number }): void {
    const session = this.#sessions.get(id);
    if (token !== this.#token) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    if (!session) {
      this.#send(socket, { op: 9, d: false });
      return;
    }
    session.socket = socket;
    this.resumed++;
    for (const { s, t, d } of session.sent.filter((event) => event.s > seq)) this.#send(socket, { op: 0, s, t, d });
    this.#tell(session, 'RESUMED', {});
    this.#look();
  }

  #tell(session: Session, t: string, d: unknown): void {
    const event = { s: ++session.seq, t, d };
    session.sent.push(event);
    this.#send(session.socket, { op: 0, ...event });
  }

  #send(socket: WebSocket | undefined, payload: object): void {
    if (this.mute || !socket) return;
    const whole = { s: null, t: null, ...payload };
    this.onPayload('out', whole);
    socket.send(JSON.stringify(whole));
  }

  #look(): void {
    for (const one of [...this.#waiting]) {
      if (!one.met()) continue;
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      one.resolve();
    }
  }
}
