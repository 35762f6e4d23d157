import type { CreateWebSocketManagerOptions, SessionInfo, WebSocketManager } from '@discordjs/ws';

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
