/** The questions we put to Discord, each with its answer checked. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerAs, ConnectorError, type Env, type Instant, parseJson, z } from '#kit';
import { Buckets, failureIn, type Place } from './access.ts';
import { type Round, SurveyNotes } from './catch-up.ts';
import type { Options } from './index.ts';
import {
  Application,
  Archived,
  Channel,
  Channels,
  Gateway,
  Guilds,
  Member,
  Messages,
  Sent,
  Threads,
  User,
} from './messages.ts';

type SecretName = 'token';
type DiscordEnv = Env<Options, SecretName>;

/** After a refused token nothing is asked for this long: 10,000 refusals in 10 minutes end in a ban of the address. */
const REFUSED_MS = 60_000;
/** Discord wants programs to name themselves this way. https://docs.discord.com/developers/reference#user-agent */
const USER_AGENT = 'DiscordBot (https://www.npmjs.com/package/discord.js, 14) Earshot';

interface NewMessage {
  content: string;
  nonce: string;
  enforce_nonce: true;
  allowed_mentions: { parse: []; replied_user: false };
  message_reference?: { message_id: string; channel_id: string; fail_if_not_exists: false };
}

/** Discord's REST API, as far as we use it. One request at a time, none of them ever sent twice. */
export class DiscordClient {
  readonly options: Options;
  readonly log: DiscordEnv['log'];
  readonly now: () => Instant;
  /** Channels and threads that were met, so that live messages can be told where they are. */
  readonly places = new Map<string, Place>();
  /** What the round of catching up that is under way still has to read. */
  round: Round | undefined;
  /** What was learned for the next round before something failed, so that it is not asked again. */
  readonly survey = new SurveyNotes();
  /** Live sessions so far. A round that began before the last of them is followed by another. */
  sessions = 0;
  readonly #http: DiscordEnv['http'];
  readonly #token: DiscordEnv['secrets']['token'];
  readonly #buckets = new Buckets();
  #refused: { failure: ConnectorError; until: Instant } | undefined;
  #me: z.output<typeof User> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ options, secrets, http, log, now }: DiscordEnv) {
    this.options = options;
    this.log = log;
    this.now = now;
    this.#http = http;
    this.#token = secrets.token;
  }

  /** For the gateway alone, which does not go through `env.http`. */
  revealToken(): string {
    return this.#token.reveal();
  }

  /** Asked once; `fresh` asks again, as a check must. */
  async me(signal: AbortSignal, fresh = false) {
    if (!this.#me || fresh) this.#me = await this.#get('/users/@me', User, signal);
    return this.#me;
  }

  application(signal: AbortSignal) {
    return this.#get('/applications/@me', Application, signal);
  }

  gateway(signal: AbortSignal) {
    return this.#get('/gateway/bot', Gateway, signal);
  }

  guilds(after: string, signal: AbortSignal) {
    return this.#get(`/users/@me/guilds?limit=200&after=${after}`, Guilds, signal);
  }

  member(guild: string, user: string, signal: AbortSignal) {
    return this.#get(`/guilds/${guild}/members/${user}`, Member, signal);
  }

  /** Without threads. */
  channels(guild: string, signal: AbortSignal) {
    return this.#get(`/guilds/${guild}/channels`, Channels, signal);
  }

  channel(id: string, signal: AbortSignal) {
    return this.#get(`/channels/${id}`, Channel, signal);
  }

  activeThreads(guild: string, signal: AbortSignal) {
    return this.#get(`/guilds/${guild}/threads/active`, Threads, signal);
  }

  /** Last archived first. */
  archivedThreads(channel: string, before: Instant | undefined, signal: AbortSignal) {
    const older = before === undefined ? '' : `&before=${encodeURIComponent(new Date(before).toISOString())}`;
    return this.#get(`/channels/${channel}/threads/archived/public?limit=100${older}`, Archived, signal);
  }

  /** The oldest messages behind `after`, newest of them first. */
  messages(channel: string, after: string, signal: AbortSignal) {
    return this.#get(`/channels/${channel}/messages?limit=100&after=${after}`, Messages, signal);
  }

  message(channel: string, id: string, signal: AbortSignal) {
    return this.#get(`/channels/${channel}/messages/${id}`, z.unknown(), signal);
  }

  /** The direct conversation with a person: the same one, however often it is asked for. */
  direct(person: string, signal: AbortSignal) {
    return this.#call('POST', '/users/@me/channels', Channel, signal, { recipient_id: person });
  }

  send(channel: string, message: NewMessage, signal: AbortSignal) {
    return this.#call('POST', `/channels/${channel}/messages`, Sent, signal, message);
  }

  /** Reads go one after the other; a send does not stand in line behind them. */
  #get<T>(path: string, shape: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const call = this.#turn.then(() => this.#call('GET', path, shape, signal));
    this.#turn = call.catch(() => {});
    return call;
  }

  async #call<T>(
    method: 'GET' | 'POST',
    path: string,
    shape: z.ZodType<T>,
    signal: AbortSignal,
    body?: object,
  ): Promise<T> {
    signal.throwIfAborted();
    if (this.#refused && this.now() < this.#refused.until) throw this.#refused.failure;
    await this.#bucketFree(method, path, signal);
    const response = await this.#http.request({
      url: `${this.options.address.replace(/\/$/, '')}/v10${path}`,
      method,
      headers: {
        authorization: `Bot ${this.#token.reveal()}`,
        accept: 'application/json',
        'user-agent': USER_AGENT,
        ...(body && { 'content-type': 'application/json' }),
      },
      signal,
      ...(body && { body: JSON.stringify(body) }),
    });
    this.#buckets.learn(method, path, response.headers);
    const what = `${method} ${path.split('?')[0]}`;
    const failure = failureIn(response, { what, now: this.now(), sending: method === 'POST' });
    if (failure) {
      if (response.status === 401) this.#refused = { failure, until: this.now() + REFUSED_MS };
      throw failure;
    }
    const raw = new TextDecoder().decode(response.bytes);
    return answerAs(shape, parseJson(raw), { what, by: 'Discord', raw });
  }

  /** A read waits for its allowance; a send that would have to wait long says so instead, since it has a time limit. */
  async #bucketFree(method: 'GET' | 'POST', path: string, signal: AbortSignal): Promise<void> {
    const ms = this.#buckets.wait(method, path);
    if (ms <= 0) return;
    if (method === 'POST' && ms > 2_000) {
      const until = this.now() + ms;
      throw new ConnectorError('rate-limited', `Discord takes no more messages here for ${Math.ceil(ms / 1000)} s.`, {
        until,
      });
    }
    await pause(ms, undefined, { signal });
  }
}
