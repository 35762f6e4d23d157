import { Client, type ClientConfig } from 'pg';

/** Channels that are heard, each with what is called with its news. */
export type Channels = Record<string, (news?: string) => void>;

/** The longest pause between two tries to connect again. */
const LONGEST_PAUSE_MS = 5_000;
/** A connection that was cut without a word is noticed within this and the time limit of a query. */
const HEARTBEAT_MS = 15_000;

/**
 * Hears what others notify. Holds a connection of its own, keeps no process alive, and connects again when it is cut: then
 * every channel is called too, without saying what, since something may have been missed.
 */
export class Listener {
  readonly #config: ClientConfig;
  readonly #channels: Channels;
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(config: ClientConfig, channels: Channels) {
    this.#config = config;
    this.#channels = channels;
  }

  /** @throws what the driver throws when the first connection fails; later ones are tried until `stop`. */
  async start(): Promise<void> {
    await this.#connect();
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#retry);
    const client = this.#client as (Client & { ref(): void }) | undefined;
    // From here on it is waited for: otherwise a process with nothing else to do ends in the middle of its goodbye.
    client?.ref();
    await client?.end();
  }

  async #connect(): Promise<void> {
    const client = new Client(this.#config);
    // Without a listener an error would end the process. Whatever it is, `end` follows.
    client.on('error', () => {});
    endInTime(client);
    client.on('notification', ({ channel, payload }) => this.#channels[channel]?.(payload));
    try {
      await client.connect();
      for (const channel of Object.keys(this.#channels)) await client.query(`listen ${channel}`);
    } catch (thrown) {
      client.end().catch(() => {});
      throw thrown;
    }
    client.once('end', () => this.#again(100));
    (client as Client & { unref(): void }).unref();
    this.#client = client;
    if (this.#stopped) await client.end();
  }

  #again(pause: number): void {
    this.#client = undefined;
    if (this.#stopped) return;
    const connect = () =>
      this.#connect().then(
        () => {
          for (const onNews of Object.values(this.#channels)) onNews();
        },
        () => this.#again(Math.min(pause * 2, LONGEST_PAUSE_MS)),
      );
    this.#retry = setTimeout(connect, pause).unref();
  }

  #beat(): void {
    const client = this.#client;
    client?.query('select 1').catch(() => destroy(client));
  }
}

/** A goodbye that nobody answers is not waited for: the connection is dropped after so long. */
const GOODBYE_MS = 2_000;

/** Makes `end` come to an end where the other side is silent. */
export function endInTime(client: Client): void {
  const end = client.end.bind(client) as (...given: unknown[]) => unknown;
  client.end = ((...given: unknown[]) => {
    const timer = setTimeout(() => destroy(client), GOODBYE_MS);
    client.once('end', () => clearTimeout(timer));
    return end(...given);
  }) as Client['end'];
}

/** Ends a connection on which nothing can be said any more, without waiting for an answer. */
export function destroy(client: object): void {
  (client as { connection?: { stream?: { destroy(): void } } }).connection?.stream?.destroy();
}
