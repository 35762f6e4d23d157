import { WebSocketShardEvents as On, type SessionInfo, WebSocketManager } from '@discordjs/ws';
import { type APIInteraction, GatewayDispatchEvents, REST } from 'discord.js';
import type { Log } from './types.ts';

/** A request that takes longer has failed: an answer to a person must be out within 3 s. */
const TIMEOUT_MS = 2_500;
const CONNECT_MS = 30_000;

export interface ConnectOptions {
  token: string;
  /** Where the API lives. Only for a local platform. */
  apiBase?: string;
  log: Log;
  /** Closes the connection. */
  signal: AbortSignal;
}

export interface Connection {
  rest: REST;
  applicationId: string;
  /** Called for everything that people press, choose, type or send. What it throws is logged. */
  onInteraction(handler: (interaction: APIInteraction) => Promise<void>): void;
  close(): Promise<void>;
}

/**
 * Connects to receive what people press. No intents are asked for: interactions need none, and messages are the
 * connector's. Breaks are mended by discord.js.
 *
 * @throws Error in a sentence when Discord does not let us in, or cannot be reached within 30 s.
 */
export async function connectDiscord({ token, apiBase, log, signal }: ConnectOptions): Promise<Connection> {
  signal.throwIfAborted();
  // No retries: a message that was sent and not answered would be sent twice.
  const rest = new REST({ version: '10', retries: 0, timeout: TIMEOUT_MS, ...(apiBase && { api: apiBase }) });
  rest.setToken(token);
  // Of this connection alone: by default, all of a process share one, and a second would resume the first one's session.
  const sessions = new Map<number, SessionInfo>();
  const manager = new WebSocketManager({
    token,
    intents: 0,
    rest,
    retrieveSessionInfo: (shard) => sessions.get(shard) ?? null,
    updateSessionInfo: (shard, session) => void (session ? sessions.set(shard, session) : sessions.delete(shard)),
  });
  const handlers: ((interaction: APIInteraction) => Promise<void>)[] = [];
  const ready = Promise.withResolvers<string>();
  const close = async () => {
    ready.reject(new Error('The connection to Discord was closed.'));
    await Promise.resolve(manager.destroy()).catch(() => {});
  };

  manager.on(On.Ready, ({ data }) => ready.resolve(data.application.id));
  manager.on(On.Dispatch, ({ data }) => {
    if (data.t !== GatewayDispatchEvents.InteractionCreate) return;
    for (const handle of handlers) {
      handle(data.d).catch((thrown) => log.warn('discord: an interaction failed', { error: sentenceOf(thrown) }));
    }
  });
  manager.on(On.Error, ({ error }) => log.warn('discord gateway', { error: sentenceOf(error) }));
  manager.on(On.Closed, ({ code }) => {
    if (FATAL[code]) ready.reject(new Error(FATAL[code]));
  });
  ready.promise.catch(() => {});
  signal.addEventListener('abort', () => void close(), { once: true });

  const limit = setTimeout(() => ready.reject(new Error('Discord could not be reached within 30 s.')), CONNECT_MS);
  try {
    Promise.resolve(manager.connect()).catch(ready.reject);
    const applicationId = await ready.promise;
    return { rest, applicationId, onInteraction: (handler) => void handlers.push(handler), close };
  } catch (thrown) {
    await close();
    throw thrown;
  } finally {
    clearTimeout(limit);
  }
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const FATAL: Record<number, string> = {
  4004: 'Discord does not accept the bot token (4004). Make a new one on the Bot page of the developer portal.',
  4013: 'Discord refuses this connection (4013). Earshot needs a new version.',
  4014: 'Discord refuses this connection (4014). Earshot needs a new version.',
};

/** What went wrong, without addresses: that of an interaction holds its token. */
export function sentenceOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.replace(/https?:\/\/\S+/g, '…').slice(0, 300);
}
