import { type CreateWebSocketManagerOptions, WebSocketShardEvents as On, type WebSocketManager } from '@discordjs/ws';
import {
  type APIInteraction,
  GatewayDispatchEvents as Event,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageUpdateDispatchData,
  GatewayIntentBits as Intent,
  REST,
} from 'discord.js';
import type { Log } from './types.ts';

/** A request that takes longer has failed: an answer to a person must be out within 3 s. */
const TIMEOUT_MS = 2_500;
const CONNECT_MS = 30_000;

export interface ConnectOptions {
  token: string;
  /** Where the API lives. Only for a local platform. */
  apiBase?: string;
  /**
   * Which messages are heard. `ours`: those that name the bot, answer it or are written to it, as far as their words go.
   * `all`: the words of the others too, which needs the privileged Message Content intent; without it, `ours` is heard and
   * the log says so. Default: none.
   */
  messages?: 'ours' | 'all';
  log: Log;
  /** Closes the connection. */
  signal: AbortSignal;
  openGateway: OpenGateway;
}

/** Makes the library's manager of a connection. After `end` nothing is left of it, and nothing is to come. */
export type OpenGateway = (
  options: Pick<CreateWebSocketManagerOptions, 'token' | 'intents' | 'rest'>,
) => Promise<{ manager: WebSocketManager; end(): Promise<void> }>;

/** A message as the gateway tells it, new or edited. */
export type HeardMessage = GatewayMessageCreateDispatchData | GatewayMessageUpdateDispatchData;

export interface Connection {
  rest: REST;
  applicationId: string;
  /** The bot's own account. */
  me: string;
  /** Called for everything that people press, choose, type or send. What it throws is logged. */
  onInteraction(handler: (interaction: APIInteraction) => Promise<void>): void;
  /** Called for every message that is heard. What it throws is logged. */
  onMessage(handler: (message: HeardMessage, edited: boolean) => Promise<void>): void;
  close(): Promise<void>;
}

/**
 * Connects to receive what people press and, where asked, what they write. Breaks are mended by discord.js.
 *
 * @throws Error in a sentence when Discord does not let us in, or cannot be reached within 30 s.
 */
export async function connectDiscord(options: ConnectOptions): Promise<Connection> {
  const { messages, log } = options;
  try {
    return await connect(options, intentsFor(messages));
  } catch (thrown) {
    if (!(thrown instanceof NoIntent) || messages !== 'all') throw thrown;
    log.warn(`discord: ${thrown.message}`);
    return connect(options, intentsFor('ours'));
  }
}

class NoIntent extends Error {}

function intentsFor(messages: ConnectOptions['messages']): number {
  if (!messages) return 0;
  const heard = Intent.GuildMessages | Intent.DirectMessages;
  return messages === 'all' ? heard | Intent.MessageContent : heard;
}

async function connect(
  { token, apiBase, log, signal, openGateway }: ConnectOptions,
  intents: number,
): Promise<Connection> {
  signal.throwIfAborted();
  // No retries: a message that was sent and not answered would be sent twice.
  const rest = new REST({ version: '10', retries: 0, timeout: TIMEOUT_MS, ...(apiBase && { api: apiBase }) });
  rest.setToken(token);
  const { manager, end } = await openGateway({ token, intents, rest });
  signal.throwIfAborted();
  const hands = new Hands(log);
  const ready = Promise.withResolvers<{ applicationId: string; me: string }>();
  const close = async () => {
    ready.reject(new Error('The connection to Discord was closed.'));
    await end();
  };

  manager.on(On.Ready, ({ data }) => ready.resolve({ applicationId: data.application.id, me: data.user.id }));
  manager.on(On.Dispatch, ({ data }) => hands.take(data));
  manager.on(On.Error, ({ error }) => log.warn('discord gateway', { error: sentenceOf(error) }));
  manager.on(On.Closed, ({ code }) => {
    if (code === 4014) ready.reject(new NoIntent(NO_INTENT));
    else if (FATAL[code]) ready.reject(new Error(FATAL[code]));
  });
  ready.promise.catch(() => {});
  signal.addEventListener('abort', () => void close(), { once: true });

  const limit = setTimeout(() => ready.reject(new Error('Discord could not be reached within 30 s.')), CONNECT_MS);
  try {
    Promise.resolve(manager.connect()).catch(ready.reject);
    return {
      rest,
      ...(await ready.promise),
      onInteraction: (handler) => void hands.interactions.push(handler),
      onMessage: (handler) => void hands.messages.push(handler),
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  } finally {
    clearTimeout(limit);
  }
}

/** Hands on what the gateway tells to whoever asked for it. */
class Hands {
  readonly interactions: ((interaction: APIInteraction) => Promise<void>)[] = [];
  readonly messages: ((message: HeardMessage, edited: boolean) => Promise<void>)[] = [];
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  take(payload: GatewayDispatchPayload): void {
    switch (payload.t) {
      case Event.InteractionCreate:
        for (const handle of this.interactions) this.#run(handle(payload.d), 'an interaction');
        return;
      case Event.MessageCreate:
        for (const handle of this.messages) this.#run(handle(payload.d, false), 'a message');
        return;
      case Event.MessageUpdate:
        for (const handle of this.messages) this.#run(handle(payload.d, true), 'a message');
    }
  }

  #run(work: Promise<void>, what: string): void {
    work.catch((thrown) => this.#log.warn(`discord: ${what} failed`, { error: sentenceOf(thrown) }));
  }
}

const NO_INTENT =
  'the Message Content intent is missing (4014), so personal data is looked for only in messages to the bot. Switch it on in the developer portal (Bot, Privileged Gateway Intents).';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const FATAL: Record<number, string> = {
  4004: 'Discord does not accept the bot token (4004). Make a new one on the Bot page of the developer portal.',
  4013: 'Discord refuses this connection (4013). Earshot needs a new version.',
};

/** What went wrong, without addresses: that of an interaction holds its token. */
export function sentenceOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.replace(/https?:\/\/\S+/g, '…').slice(0, 300);
}
