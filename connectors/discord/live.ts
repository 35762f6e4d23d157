/** Hearing Discord as it is said, noticing when the line is dead, and what became of messages since. */
import type { CreateWebSocketManagerOptions, SessionInfo, WebSocketManager } from '@discordjs/ws';
import { ConnectorError, type Emit, isLater, later, type Recheck, Watchdog } from '#kit';
import { isChosen, isGone, isOutOfReach, learn, type Place, whereIs } from './access.ts';
import type { DiscordClient } from './client.ts';
import { Channel, Gone, Heard, Message, MessageId, nativeIdOf, partsOf, readingOf, readMessage } from './messages.ts';

/** https://docs.discord.com/developers/events/gateway#list-of-intents */
const GUILDS = 1 << 0;
const GUILD_MESSAGES = 1 << 9;
const DIRECT_MESSAGES = 1 << 12;
const MESSAGE_CONTENT = 1 << 15;

/**
 * Hears Discord live until aborted. Breaks are mended by discord.js, which resumes its session, and Discord then sends what
 * was missed; where a session begins anew instead, the source is pulled. What cannot be mended is thrown.
 */
export async function listen(client: DiscordClient, emit: Emit, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { WebSocketShardEvents: On } = await import('@discordjs/ws');
  const { hear, directMessages, silenceSeconds } = client.options;
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  let over = false;
  const { manager, end } = await openGateway({
    token: client.revealToken(),
    intents: GUILDS | GUILD_MESSAGES | (directMessages ? DIRECT_MESSAGES : 0) | (hear === 'all' ? MESSAGE_CONTENT : 0),
    // It asks for one thing only: where the gateway is. Our client does that with time limits and named failures.
    rest: { get: () => gatewayOf(client, signal) } as never,
  });
  signal.throwIfAborted();
  const watchdog = new Watchdog('Discord', silenceSeconds * 1000, ended.reject);
  let handled: Promise<void> = Promise.resolve();
  manager.on(On.Dispatch, ({ data }) => {
    watchdog.heard();
    // In order, and one at a time: an edit must not overtake its message.
    handled = handled.then(() => (over ? undefined : handle(client, emit, data, signal))).catch(ended.reject);
  });
  manager.on(On.HeartbeatComplete, () => watchdog.heard());
  manager.on(On.Resumed, () => watchdog.connected());
  manager.on(On.Ready, () => {
    watchdog.connected();
    client.sessions++;
    void emit.missed?.().catch(ended.reject);
  });
  manager.on(On.Closed, ({ code }) => {
    const failure = failureOfClose(code);
    if (failure) ended.reject(failure);
    else watchdog.closed();
  });
  manager.on(On.Error, ({ error }) => {
    // A fatal close is told by its code, right after this.
    client.log.warn('discord gateway', { error: error instanceof Error ? error.message : String(error) });
  });
  const onAbort = () => ended.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    watchdog.closed();
    manager.connect().catch(ended.reject);
    await ended.promise;
  } finally {
    over = true;
    watchdog.stop();
    signal.removeEventListener('abort', onAbort);
    await end();
    await handled;
  }
}

/** A peer that is gone does not answer to a goodbye. */
const GOODBYE_MS = 1_000;

/** The library's manager, and how it ends for good. */
export interface Gateway {
  manager: WebSocketManager;
  /** Nothing is left when this resolves, a second later at the most: no connection, and none to come. */
  end(): Promise<void>;
}

/** What the library keeps to itself of its connections: those that it did not close hold the process. */
type Sockets = Map<number, { connection: Socket | null }>;
interface Socket {
  readyState: number;
  once(event: 'close', then: () => void): void;
  on(event: 'error', then: () => void): void;
  terminate(): void;
}
const CLOSED = 3;

/**
 * Makes a connection to Discord that can be ended at any moment. By itself the library leaves open what is only being
 * connected, comes back from a break that it was in, and waits half a minute for a goodbye.
 */
export async function openGateway(
  options: Omit<CreateWebSocketManagerOptions, 'buildStrategy' | 'retrieveSessionInfo' | 'updateSessionInfo'>,
): Promise<Gateway> {
  // Loaded here, since it is large and most commands never listen.
  const { SimpleShardingStrategy, WebSocketManager } = await import('@discordjs/ws');
  // Of this connection alone: by default all of a process share one, and a second would resume the first one's session.
  const sessions = new Map<number, SessionInfo>();
  let shards: Sockets = new Map();
  let over = false;
  const manager = new WebSocketManager({
    ...options,
    buildStrategy: (own) => {
      const strategy = new SimpleShardingStrategy(own);
      shards = (strategy as unknown as { shards: Sockets }).shards;
      return strategy;
    },
    // Once it is over, a connection that is under way must not come through: nobody would close it any more.
    retrieveSessionInfo: (shard) => (over ? new Promise<never>(() => {}) : (sessions.get(shard) ?? null)),
    updateSessionInfo: (shard, session) => void (session ? sessions.set(shard, session) : sessions.delete(shard)),
  });

  async function end(): Promise<void> {
    over = true;
    const known = [...shards.values()];
    await within(GOODBYE_MS, Promise.resolve(manager.destroy()));
    await Promise.all(known.map(({ connection }) => connection && drop(connection)));
  }
  let ending: Promise<void> | undefined;
  return {
    manager,
    end: () => {
      ending ??= end();
      return ending;
    },
  };
}

function drop(socket: Socket): Promise<void> {
  if (socket.readyState === CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once('close', resolve);
    // One that is dropped before it was there says so.
    socket.on('error', () => {});
    socket.terminate();
  });
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work.catch(() => {}), over]);
  clearTimeout(timer);
}

/** @throws ConnectorError `rate-limited` when the day's sessions are used up: one more would reset the token */
async function gatewayOf(client: DiscordClient, signal: AbortSignal) {
  const gateway = await client.gateway(signal);
  const { remaining, reset_after: ms } = gateway.session_start_limit;
  if (remaining >= gateway.shards) return gateway;
  const until = client.now() + ms;
  throw new ConnectorError(
    'rate-limited',
    'Discord allows no more new connections today. Earshot waits, and pulls meanwhile.',
    {
      until,
    },
  );
}

async function handle(
  client: DiscordClient,
  emit: Emit,
  event: { t: string; d: unknown },
  signal: AbortSignal,
): Promise<void> {
  switch (event.t) {
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE':
      return hearMessage(client, emit, event, signal);
    case 'MESSAGE_DELETE':
    case 'MESSAGE_DELETE_BULK': {
      const gone = Gone.safeParse(event.d).data;
      if (gone) await emit.gone?.(gone.ids.map((id) => nativeIdOf(gone.channel, id)));
      return;
    }
    case 'CHANNEL_CREATE':
    case 'CHANNEL_UPDATE':
    case 'THREAD_CREATE':
    case 'THREAD_UPDATE':
      learn(client, Channel.safeParse(event.d).data);
  }
}

async function hearMessage(
  client: DiscordClient,
  emit: Emit,
  { t, d }: { t: string; d: unknown },
  signal: AbortSignal,
): Promise<void> {
  const heard = Heard.safeParse(d).data;
  if (!heard) return client.log.warn('message not readable', { event: t });
  // An update without an edit is a preview that Discord added to a link, or a pin.
  if (t === 'MESSAGE_UPDATE' && !heard.edited_timestamp) return;
  const place = await whereIs(client, heard.channel_id, heard.guild_id, signal);
  if (place && !isChosen(place, client.options, client.places)) return;
  const me = await client.me(signal);
  // Some updates hold only what changed.
  const whole = heard.author ? d : await client.message(heard.channel_id, heard.id, signal).catch(goneAsNothing);
  if (whole === undefined) return;
  const read = readMessage(whole, readingOf(client, place, me.id));
  if (read === 'not for us') return;
  if ('found' in read) await emit(read.found);
  else client.log.warn('message not readable', { id: read.id, reason: read.reason });
}

function goneAsNothing(thrown: unknown): undefined {
  if (!isOutOfReach(thrown)) throw thrown;
}

/**
 * What a close of the gateway means, where connecting again would not help. Undefined where discord.js mends it.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
function failureOfClose(code: number): ConnectorError | undefined {
  switch (code) {
    case 4004:
      return new ConnectorError(
        'unauthorized',
        'Discord does not accept the bot token (4004). Make a new one on the Bot page of the developer portal.',
      );
    case 4014:
      return new ConnectorError('unauthorized', NO_INTENT);
    case 4010:
    case 4011:
    case 4012:
    case 4013:
      return new ConnectorError('rejected', `Discord refuses this connection (${code}). Earshot needs a new version.`);
    default:
      return undefined;
  }
}

export const NO_INTENT =
  'The Message Content intent is missing (4014). Switch it on in the developer portal (Bot, Privileged Gateway Intents), or set "hear" to "mentions".';

/**
 * Looks what became of messages: up to a hundred with one request where they stand close together. Only Discord's own
 * word that a message is gone counts: without the right to read the history it shows an empty channel.
 *
 * What is out of reach now is left out of the answer, since nobody knows.
 */
export async function recheck(client: DiscordClient, nativeIds: string[], signal: AbortSignal): Promise<Recheck[]> {
  const channels = new Map<string, string[]>();
  for (const { channel, message } of nativeIds.flatMap((id) => partsOf(id) ?? [])) {
    channels.set(channel, [...(channels.get(channel) ?? []), message]);
  }
  const answers: Recheck[] = [];
  for (const [channel, messages] of channels) answers.push(...(await recheckIn(client, channel, messages, signal)));
  return answers;
}

async function recheckIn(
  client: DiscordClient,
  channel: string,
  wanted: string[],
  signal: AbortSignal,
): Promise<Recheck[]> {
  const answers: Recheck[] = [];
  let rest = wanted.toSorted((a, b) => (isLater(a, b) ? 1 : -1));
  try {
    const place = await placeIn(client, channel, signal);
    while (rest[0] !== undefined) {
      const page = await client.messages(channel, String(BigInt(rest[0]) - 1n), signal);
      const shown = new Map(page.flatMap((raw) => entryOf(raw)));
      const end = [...shown.keys()].reduce(later, rest[0]);
      const reached = rest.filter((id) => !isLater(id, end));
      rest = rest.slice(reached.length);
      for (const id of reached) {
        const raw = shown.get(id) ?? (await oneOf(client, channel, id, signal));
        answers.push(...(await answerOf(client, nativeIdOf(channel, id), raw, place, signal)));
      }
    }
  } catch (thrown) {
    if (!isOutOfReach(thrown)) throw thrown;
    // With the channel, all that stood in it is gone.
    if (isGone(thrown)) return wanted.map((id) => ({ nativeId: nativeIdOf(channel, id), now: 'gone' }));
  }
  return answers;
}

function entryOf(raw: unknown): [string, unknown][] {
  const id = MessageId.safeParse(raw).data?.id;
  return id ? [[id, raw]] : [];
}

/** Undefined when Discord says that it is gone. */
async function oneOf(client: DiscordClient, channel: string, id: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await client.message(channel, id, signal);
  } catch (thrown) {
    if (isGone(thrown)) return undefined;
    throw thrown;
  }
}

async function answerOf(
  client: DiscordClient,
  nativeId: string,
  raw: unknown,
  place: Place | undefined,
  signal: AbortSignal,
): Promise<Recheck[]> {
  if (raw === undefined) return [{ nativeId, now: 'gone' }];
  const message = Message.safeParse(raw).data;
  if (!message?.edited_timestamp) return [{ nativeId, now: 'same' }];
  // What we hold is heard anew even if it would not be found any more by its new words.
  const reading = readingOf(client, place, (await client.me(signal)).id);
  const all = { ...client.options, hear: 'all' as const, words: [], bots: true };
  const read = readMessage(raw, { ...reading, options: all });
  return [
    typeof read === 'object' && 'found' in read
      ? { nativeId, now: 'edited', found: read.found }
      : { nativeId, now: 'same' },
  ];
}

/** @throws DiscordError where the channel is gone or closed to us */
async function placeIn(client: DiscordClient, id: string, signal: AbortSignal): Promise<Place | undefined> {
  const known = client.places.get(id);
  if (known) return known;
  const channel = await client.channel(id, signal);
  return channel.guild_id ? whereIs(client, id, channel.guild_id, signal) : learn(client, channel);
}
