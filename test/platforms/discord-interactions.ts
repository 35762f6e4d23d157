import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BOT_TOKEN, type Exchange, LocalDiscord } from './discord.ts';
import { type Body, wrongInMessage, wrongInModal } from './discord-forms.ts';
import { cardMessageOf, userOf } from './discord-shapes.ts';
import type { Person, Room, Said } from './discord-world.ts';
import { bodyOf, type LocalServer, relay, sendJson, startServer } from './local-server.ts';

/** Who presses: a person with what the server knows of them. */
export interface Member {
  person: Person;
  roles: string[];
  nick?: string;
  locale?: string;
}

/** A message of the bot with what an ordinary message of the local Discord does not hold. */
export interface BotMessage extends Body {
  id: string;
  channel_id: string;
}

/** What came of one interaction. */
export interface Pressed {
  token: string;
  /** The first answer, as Discord takes it: its type, and what it says. */
  type: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer has many shapes, and a test looks at the one it expects
  data: any;
  /** From the press to the first answer, in milliseconds. */
  ms: number;
}

interface Open {
  id: string;
  at: number;
  answered: boolean;
  channel: string;
  message: BotMessage | undefined;
  resolve: (pressed: Pressed) => void;
}

const ANSWER_WITHIN_MS = 3_000;

/**
 * What people press, choose and send, in front of the local Discord: cards with buttons, forms, commands. Strict where
 * Discord is: one first answer within 3 s, no form after it, sizes, no pings but those asked for.
 */
export class LocalInteractions {
  readonly discord: LocalDiscord;
  readonly messages = new Map<string, BotMessage>();
  /** The messages beside a press that only one person sees, by the token of the interaction. */
  readonly followUps: { token: string; edits: boolean; body: Body }[] = [];
  readonly requests: string[] = [];
  /** What was answered here, for checks against the official description; the rest stands in the local Discord. */
  readonly exchanges: Exchange[] = [];
  commands: Body[] = [];
  /** The next such request is taken or not, but not answered. */
  readonly unanswered: { method: string; path: RegExp; stored: boolean }[] = [];
  readonly #nonces = new Map<string, BotMessage>();
  readonly #open = new Map<string, Open>();
  #server: LocalServer | undefined;
  #waiting: { met: () => boolean; resolve: () => void }[] = [];

  constructor(discord: LocalDiscord) {
    this.discord = discord;
  }

  static async start(port = 0): Promise<LocalInteractions> {
    const local = new LocalInteractions(await LocalDiscord.start());
    local.#server = await startServer((request, response) => {
      local.#answer(request, response).catch((thrown) => sendJson(response, 500, { message: String(thrown), code: 0 }));
    }, port);
    return local;
  }

  get url(): string {
    return `${this.#server?.url}/api`;
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.discord.close();
  }

  /** The cards of a channel, oldest first. */
  in({ id }: Room): BotMessage[] {
    return [...this.messages.values()].filter(({ channel_id }) => channel_id === id);
  }

  /** Resolves as soon as it is so. Looked at after each request. */
  until(met: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ met, resolve });
      this.#look();
    });
  }

  // --- what people do -----------------------------------------------------------------------------------------------

  /** Presses the button, or chooses from the list, of a card or of a private message. */
  press(who: Member, room: Room, customId: string, message?: BotMessage, values?: string[]): Promise<Pressed> {
    const component_type = values ? 3 : 2;
    const data = { custom_id: customId, component_type, ...(values && { values }) };
    return this.#interact(who, room, { type: 3, data, message: message && this.#shape(message) }, message);
  }

  /** Presses a button under what the bot said in the local Discord. */
  pressUnder(who: Member, said: Said, customId: string): Promise<Pressed> {
    const room = this.discord.world.rooms.get(said.channel) as Room;
    return this.press(who, room, customId, said as unknown as BotMessage);
  }

  /** Sends a form off. */
  submit(who: Member, room: Room, customId: string, fields: Record<string, string>, message?: BotMessage) {
    const components = Object.entries(fields).map(([custom_id, value], id) => ({
      type: 18,
      id,
      component: { type: 4, id: id + 100, custom_id, value },
    }));
    const data = { custom_id: customId, components };
    return this.#interact(who, room, { type: 5, data, ...(message && { message: this.#shape(message) }) }, message);
  }

  command(who: Member, room: Room, name: string, options: object[] = [], resolved?: object): Promise<Pressed> {
    const data = { id: '1', name, type: 1, options, ...(resolved && { resolved }) };
    return this.#interact(who, room, { type: 2, data });
  }

  autocomplete(who: Member, room: Room, name: string, option: string, value: string): Promise<Pressed> {
    const data = { id: '1', name, type: 1, options: [{ name: option, type: 3, value, focused: true }] };
    return this.#interact(who, room, { type: 4, data });
  }

  #interact(who: Member, room: Room, what: object, message?: BotMessage): Promise<Pressed> {
    const id = this.discord.world.nextId();
    const token = randomBytes(16).toString('hex');
    const { person, roles, nick = null, locale = 'en-US' } = who;
    const member = { user: userOf(person), nick, roles, permissions: '0', joined_at: '2026-01-01T00:00:00Z', flags: 0 };
    const answered = new Promise<Pressed>((resolve) => {
      this.#open.set(token, { id, at: performance.now(), answered: false, channel: room.id, message, resolve });
    });
    this.discord.gateway.dispatch('INTERACTION_CREATE', {
      id,
      token,
      version: 1,
      application_id: this.discord.world.bot.id,
      channel_id: room.id,
      channel: { id: room.id, type: room.type },
      ...(room.guild ? { guild_id: room.guild, member } : { user: userOf(person) }),
      locale,
      entitlements: [],
      ...what,
    });
    return answered;
  }

  // --- REST ---------------------------------------------------------------------------------------------------------

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const path = new URL(url, 'http://local').pathname.replace(/^\/api\/v10/, '');
    this.requests.push(`${method} ${path}`);
    const text = await bodyOf(request);
    const body = text ? JSON.parse(text) : undefined;
    const lost = this.unanswered.findIndex((one) => one.method === method && one.path.test(path));
    const fault = lost < 0 ? undefined : this.unanswered.splice(lost, 1)[0];
    if (fault && !fault.stored) return void response.socket?.destroy();
    const withToken = request.headers.authorization === `Bot ${BOT_TOKEN}`;
    const done = this.#ours(method, path, body, withToken, /[?&](after|before|around)=/.test(url));
    if (done) this.exchanges.push(exchangeOf(method, url, body, done));
    // Everything else is for the local Discord itself.
    if (!done) await relay(request, fault ? undefined : response, text, this.discord.origin);
    if (fault) response.socket?.destroy();
    else if (done?.status === 204) response.writeHead(204).end();
    else if (done) sendJson(response, done.status, done.answer);
    this.#look();
  }

  #ours(method: string, path: string, body: Body, withToken: boolean, fromAnchor: boolean): Done | undefined {
    const [, id = '', token = ''] = /^\/interactions\/(\d+)\/([0-9a-f]+)\/callback$/.exec(path) ?? [];
    if (token) return withToken ? no(400, 0, 'the bot token does not belong here') : this.#callback(id, token, body);
    const webhook = /^\/webhooks\/\d+\/([0-9a-f]+)(\/messages\/(?:@|%40)original)?$/.exec(path);
    if (webhook) return this.#webhook(method, webhook[1] ?? '', body);
    if (!withToken) return no(401, 0, '401: Unauthorized');
    const [, channel = '', message] = /^\/channels\/(\d+)\/messages(?:\/(\d+))?$/.exec(path) ?? [];
    const wrong = channel && (method === 'POST' || method === 'PATCH') ? wrongInMessage(body) : undefined;
    if (wrong) return no(400, 50035, `Invalid Form Body: ${wrong}`);
    // Cards are kept here; plain texts are said in the local Discord like everybody else's.
    const known = this.discord.world.messages.has(message ?? '');
    if (channel && method === 'POST' && body.embeds) return this.#post(channel, body);
    if (channel && method === 'PATCH' && !known) return this.#patch(message ?? '', body);
    const cards = [...this.messages.values()].some(({ channel_id }) => channel_id === channel);
    if (cards && method === 'GET' && !message && !fromAnchor) return ok(this.#newestFirst(channel));
    if (/^\/applications\/\d+(\/guilds\/\d+)?\/commands$/.test(path)) return this.#commands(method, body);
    return undefined;
  }

  #callback(id: string, token: string, body: Body): Done {
    const open = this.#open.get(token);
    if (!open || open.id !== id) return no(404, 10062, 'Unknown interaction');
    if (open.answered) return no(400, 40060, 'Interaction has already been acknowledged.');
    const ms = performance.now() - open.at;
    if (ms > ANSWER_WITHIN_MS) return no(404, 10062, 'Unknown interaction');
    const { type, data } = body as { type: number; data: Body };
    const wrong = type === 9 ? wrongInModal(data) : type === 4 || type === 7 ? wrongInMessage(data) : undefined;
    if (wrong) return no(400, 50035, `Invalid Form Body: ${wrong}`);
    open.answered = true;
    if (type === 7 && open.message) Object.assign(open.message, data);
    open.resolve({ token, type, data, ms });
    return { status: 204, answer: undefined };
  }

  #webhook(method: string, token: string, body: Body): Done {
    const open = this.#open.get(token);
    if (!open?.answered) return no(404, 10015, 'Unknown Webhook');
    const wrong = wrongInMessage(body);
    if (wrong) return no(400, 50035, `Invalid Form Body: ${wrong}`);
    this.followUps.push({ token, edits: method === 'PATCH', body });
    if (method === 'PATCH' && open.message) Object.assign(open.message, body);
    const { world } = this.discord;
    return ok(
      cardMessageOf(world, { id: world.nextId(), channel_id: open.channel, webhook_id: world.bot.id, ...body }),
    );
  }

  #post(channel: string, body: Body): Done {
    if (!this.discord.world.rooms.has(channel)) return no(404, 10003, 'Unknown Channel');
    const { nonce, enforce_nonce: enforce } = body as { nonce?: string; enforce_nonce?: boolean };
    const before = nonce && enforce ? this.#nonces.get(nonce) : undefined;
    if (before) return ok(this.#shape(before));
    const message: BotMessage = { ...body, id: this.discord.world.nextId(), channel_id: channel };
    this.messages.set(message.id, message);
    if (nonce) this.#nonces.set(nonce, message);
    return ok(this.#shape(message));
  }

  #patch(id: string, body: Body): Done {
    const message = this.messages.get(id);
    if (!message) return no(404, 10008, 'Unknown Message');
    Object.assign(message, body);
    return ok(this.#shape(message));
  }

  #commands(method: string, body: Body): Done {
    if (method === 'PUT')
      this.commands = (body as unknown as Body[]).map((one, at) => ({
        application_id: this.discord.world.bot.id,
        version: '1',
        default_member_permissions: null,
        id: String(at + 1),
        ...one,
      }));
    return ok(this.commands);
  }

  #newestFirst(channel: string): object[] {
    const all = [...this.messages.values()].filter(({ channel_id }) => channel_id === channel);
    return all
      .reverse()
      .slice(0, 100)
      .map((message) => this.#shape(message));
  }

  #shape(message: BotMessage): object {
    return cardMessageOf(this.discord.world, message);
  }

  #look(): void {
    const met = this.#waiting.filter((one) => one.met());
    this.#waiting = this.#waiting.filter((one) => !met.includes(one));
    for (const { resolve } of met) resolve();
  }
}

interface Done {
  status: number;
  answer: unknown;
}
function exchangeOf(method: string, url: string, body: Body | undefined, done: Done): Exchange {
  const { pathname, searchParams } = new URL(url, 'http://local');
  const path = decodeURIComponent(pathname.replace(/^\/api\/v10/, ''));
  return { method, path, query: Object.fromEntries(searchParams), ...(body && { body }), ...done };
}

const ok = (answer: unknown): Done => ({ status: 200, answer });
const no = (status: number, code: number, message: string): Done => ({ status, answer: { code, message } });
