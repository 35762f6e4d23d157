import { ConnectorError, type Emit } from '#kit';
import { readingOf } from './catch-up.ts';
import type { DiscordClient } from './client.ts';
import { failureOfClose, Watchdog } from './connection.ts';
import { isOutOfReach } from './failures.ts';
import { nativeIdOf, readMessage } from './messages.ts';
import { isChosen, learn, whereIs } from './places.ts';
import { Channel, Gone, Heard } from './schema.ts';
import { openGateway } from './shard.ts';

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
  const watchdog = new Watchdog(silenceSeconds * 1000, ended.reject);
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
