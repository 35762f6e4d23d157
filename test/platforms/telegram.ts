import type { IncomingMessage, ServerResponse } from 'node:http';
import { KINDS, type Kind } from './faults-report.ts';
import { bodyOf, FAULTS, LocalPlatform, sendJson } from './local-server.ts';

export const BOT_TOKEN = '710000001:AAF-local-telegram-token-5d1e';
export const BOT = { id: 710_000_001, is_bot: true, first_name: 'Acorn Help', username: 'acorn_help_bot' };
const DAY_MS = 86_400_000;

export interface Chat {
  id: number;
  type: 'private' | 'group' | 'supergroup' | 'channel';
  title?: string;
  username?: string;
}

export type Said = { message_id: number; date: number; chat: Chat; text?: string } & Record<string, unknown>;

interface Update {
  update_id: number;
  at: number;
  kind: string;
  message: Said;
}

type Payload = Record<string, unknown>;

/** How the next call of a method goes wrong. `stored`: what was sent is there all the same. */
export type Behaviour =
  | { as: 'reset' | 'silence' | 'html' | 'half-body' | 500; stored?: boolean }
  | { as: 'refused'; code: number; description: string; parameters?: object };

/**
 * The Bot API on 127.0.0.1: updates that are forgotten once an offset behind them was named or a day has passed, one
 * poller at a time, privacy mode, groups that become supergroups, refusals in Telegram's words. No real chat or person.
 */
export class TelegramPlatform extends LocalPlatform {
  readonly messages: Said[] = [];
  /** What the bot wrote, with the whole request. */
  readonly replies: { message: Said; payload: Payload }[] = [];
  /** Everything that arrived, in order. */
  readonly requests: { method: string; payload: Payload }[] = [];
  readsAll = true;
  /** How often two asked at once. */
  conflicts = 0;
  webhook = '';
  faultRate = 0;
  random: () => number = Math.random;
  onFault: (fault: Kind) => void = () => {};
  now: () => number;
  nextUpdate = 880_001;
  readonly #onWait: (() => void)[] = [];
  #faults = 0;
  #updates: Update[] = [];
  readonly #behaviours = new Map<string, Behaviour[]>();
  readonly #moved = new Map<number, number>();
  #poll: { end: (how: 'came' | 'conflict') => void } | undefined;
  #kinds: string[] = ['message', 'edited_message'];

  constructor(now: () => number = Date.now) {
    super();
    this.now = now;
  }

  /** Resolves when somebody waits for the next update. */
  waiting(): Promise<void> {
    return this.#poll ? Promise.resolve() : new Promise((resolve) => this.#onWait.push(resolve));
  }

  /** How many updates wait to be asked for. */
  get pending(): number {
    return this.#updates.length;
  }

  override async close(): Promise<void> {
    this.#poll?.end('came');
    await super.close();
  }

  onNext(method: string, ...behaviours: Behaviour[]): void {
    this.#behaviours.set(method, [...(this.#behaviours.get(method) ?? []), ...behaviours]);
  }

  /** Somebody writes. In privacy mode the bot hears of it only when it is for the bot. */
  say(chat: Chat, person: string, text: string | undefined, more: Payload = {}): Said {
    const message: Said = {
      message_id: this.#nextMessage(chat),
      date: Math.floor(this.now() / 1000),
      chat,
      ...(chat.type !== 'channel' && { from: personOf(person) }),
      ...(text !== undefined && { text }),
      ...more,
    };
    this.messages.push(message);
    this.#announce(chat.type === 'channel' ? 'channel_post' : 'message', message);
    return message;
  }

  edit(message: Said, text: string): void {
    Object.assign(message, { text, edit_date: Math.floor(this.now() / 1000) });
    this.#announce(message.chat.type === 'channel' ? 'edited_channel_post' : 'edited_message', message);
  }

  remove(message: Said): void {
    this.messages.splice(this.messages.indexOf(message), 1);
  }

  /** The group becomes a supergroup: another id, and messages that are counted anew. `silent`: the bot is not told. */
  migrate(group: Chat, to: Chat, { silent = false } = {}): void {
    this.#moved.set(group.id, to.id);
    if (!silent) this.say(group, 'owner', undefined, { migrate_to_chat_id: to.id });
  }

  #nextMessage(chat: Chat): number {
    return 1 + Math.max(0, ...this.messages.filter((one) => one.chat.id === chat.id).map((one) => one.message_id));
  }

  #announce(kind: string, message: Said): void {
    if (!this.#kinds.includes(kind) || !this.#mayHear(message)) return;
    this.#updates.push({ update_id: this.nextUpdate++, at: this.now(), kind, message: structuredClone(message) });
    this.#poll?.end('came');
  }

  #mayHear({ chat, text = '', reply_to_message, migrate_to_chat_id }: Said): boolean {
    if (this.readsAll || chat.type === 'private' || chat.type === 'channel' || migrate_to_chat_id) return true;
    const answers = (reply_to_message as Said | undefined)?.from as { id: number } | undefined;
    return text.includes(`@${BOT.username}`) || text.startsWith('/') || answers?.id === BOT.id;
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const payload: Payload = JSON.parse((await bodyOf(request)) || '{}');
    if (request.method !== 'POST' || !token?.includes(':')) return refuse(response, 404, 'Not Found');
    if (token !== BOT_TOKEN) return refuse(response, 401, 'Unauthorized');
    this.requests.push({ method, payload });
    const behaviour = this.#behaviours.get(method)?.shift();
    if (behaviour) return this.#misbehave(behaviour, method, payload, response);
    if (this.random() < this.faultRate) return this.#fail(response);
    await this.#answer(method, payload, response);
  }

  async #answer(method: string, payload: Payload, response: ServerResponse): Promise<void> {
    switch (method) {
      case 'getMe':
        return ok(response, { ...BOT, can_join_groups: true, can_read_all_group_messages: this.readsAll });
      case 'getWebhookInfo':
        return ok(response, { url: this.webhook, has_custom_certificate: false, pending_update_count: this.pending });
      case 'getUpdates':
        return this.#getUpdates(payload, response);
      case 'sendMessage':
        return this.#sendMessage(payload, response);
      default:
        return refuse(response, 404, 'Not Found');
    }
  }

  async #getUpdates(payload: Payload, response: ServerResponse): Promise<void> {
    if (this.webhook) {
      return refuse(
        response,
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    const { offset = 0, limit = 100, timeout = 0, allowed_updates } = payload as Record<string, number> & Payload;
    if (Array.isArray(allowed_updates)) this.#kinds = allowed_updates;
    if (this.#poll) this.conflicts++;
    this.#poll?.end('conflict');
    this.#updates = this.#updates.filter(({ update_id, at }) => update_id >= offset && this.now() - at <= DAY_MS);
    if (this.#updates.length === 0 && timeout > 0 && (await this.#wait(timeout, response)) === 'conflict') {
      const description =
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
      return refuse(response, 409, description);
    }
    const shown = this.#updates.slice(0, limit).map(({ update_id, kind, message }) => ({ update_id, [kind]: message }));
    ok(response, shown);
  }

  async #wait(seconds: number, response: ServerResponse): Promise<'came' | 'conflict'> {
    const { promise, resolve } = Promise.withResolvers<'came' | 'conflict'>();
    const poll = { end: resolve };
    this.#poll = poll;
    for (const tell of this.#onWait.splice(0)) tell();
    const timer = setTimeout(resolve, seconds * 1000, 'came');
    response.once('close', () => resolve('came'));
    const how = await promise;
    clearTimeout(timer);
    if (this.#poll === poll) this.#poll = undefined;
    return how;
  }

  #sendMessage(payload: Payload, response: ServerResponse): void {
    const refusal = this.#refusalOf(payload);
    if (refusal) refuse(response, 400, `Bad Request: ${refusal.description}`, refusal.parameters);
    else ok(response, this.#store(payload));
  }

  #refusalOf({ chat_id, text, parse_mode, reply_parameters }: Payload) {
    const to = this.#moved.get(chat_id as number);
    if (to) {
      return { description: 'group chat was upgraded to a supergroup chat', parameters: { migrate_to_chat_id: to } };
    }
    if (!this.#chat(chat_id)) return { description: 'chat not found' };
    if (typeof text !== 'string' || text.trim() === '') return { description: 'message text is empty' };
    if (text.length > 4096) return { description: 'message is too long' };
    if (parse_mode) return { description: "can't parse entities: character '.' is reserved and must be escaped" };
    const answered = reply_parameters as { message_id: number; allow_sending_without_reply?: boolean } | undefined;
    const there = this.#message(chat_id, answered?.message_id);
    if (answered && !there && !answered.allow_sending_without_reply)
      return { description: 'message to be replied not found' };
    return undefined;
  }

  #store(payload: Payload): Said {
    const { chat_id, text, reply_parameters, message_thread_id } = payload;
    const chat = this.#chat(chat_id) as Chat;
    const answered = this.#message(chat_id, (reply_parameters as { message_id?: number } | undefined)?.message_id);
    const message: Said = {
      message_id: this.#nextMessage(chat),
      date: Math.floor(this.now() / 1000),
      chat,
      from: BOT,
      text: text as string,
      ...(answered && { reply_to_message: answered }),
      ...(message_thread_id !== undefined && { message_thread_id }),
    };
    this.messages.push(message);
    this.replies.push({ message, payload });
    return message;
  }

  #chat(id: unknown): Chat | undefined {
    const found = this.messages.find(({ chat }) => chat.id === id)?.chat;
    // Known before anybody has spoken there, once a group has moved to it.
    return (
      found ??
      ([...this.#moved.values()].includes(id as number)
        ? { id: id as number, type: 'supergroup', title: 'moved' }
        : undefined)
    );
  }

  #message(chat: unknown, id: number | undefined): Said | undefined {
    return this.messages.find((one) => one.chat.id === chat && one.message_id === id);
  }

  #misbehave(behaviour: Behaviour, method: string, payload: Payload, response: ServerResponse): void {
    if (behaviour.as === 'refused') {
      refuse(response, behaviour.code, behaviour.description, behaviour.parameters);
      return;
    }
    if (behaviour.stored && method === 'sendMessage') this.#store(payload);
    FAULTS[behaviour.as](response);
  }

  #fail(response: ServerResponse): void {
    const fault = KINDS[this.#faults++ % KINDS.length] as Kind;
    this.onFault(fault);
    const answers: Record<Kind, () => void> = {
      '429 with a waiting time': () => refuse(response, 429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
      '429 without': () => refuse(response, 429, 'Too Many Requests'),
      '500': () => refuse(response, 502, 'Bad Gateway'),
      reset: () => FAULTS.reset(response),
      'time-out': () => FAULTS.silence(),
      HTML: () => FAULTS.html(response),
      'half a body': () => FAULTS['half-body'](response),
    };
    answers[fault]();
  }
}

export const group = (more: Partial<Chat> = {}): Chat => ({
  id: -1_001_234_567_890,
  type: 'supergroup',
  title: 'Acorn Wallet 用户群',
  username: 'acorn_users',
  ...more,
});

/** The same name is the same person, with an id larger than 32 bits. */
export function personOf(name: string) {
  const id = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000_000;
  return { id: 6_000_000_000 + id, is_bot: false, first_name: name, username: name };
}

export const privateChat = (name: string): Chat => ({ id: personOf(name).id, type: 'private', username: name });

function ok(response: ServerResponse, result: unknown): void {
  sendJson(response, 200, { ok: true, result });
}

function refuse(response: ServerResponse, code: number, description: string, parameters?: object): void {
  sendJson(response, code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });
}
