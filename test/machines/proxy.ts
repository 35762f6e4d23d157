import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Stands between one process and the database. It can cut, fall silent and be slow, as a network does. */
export class DatabaseProxy {
  readonly #target: { host: string; port: number };
  readonly #pairs = new Set<[Socket, Socket]>();
  readonly #lost = new WeakSet<[Socket, Socket]>();
  readonly #server: Server;
  #open = true;
  #silent = false;
  /** Milliseconds that each piece takes on its way. */
  delay = 0;

  constructor(database: string) {
    const { hostname, port } = new URL(database);
    this.#target = { host: hostname, port: Number(port) };
    this.#server = createServer((socket) => this.#accept(socket));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** The same database, through this proxy. */
  through(database: string): string {
    const url = new URL(database);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as { port: number }).port);
    return url.href;
  }

  /** Ends every connection, and takes no new one. */
  cut(): void {
    this.#open = false;
    for (const [one, other] of this.#pairs) {
      one.destroy();
      other.destroy();
    }
  }

  /** Connections stay, and nothing passes, in either direction. */
  fallSilent(): void {
    this.#silent = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** The connections there are stay and never speak again; new ones pass. As behind a router that forgot them. */
  loseConnections(): void {
    for (const pair of this.#pairs) {
      this.#lost.add(pair);
      for (const socket of pair) socket.pause();
    }
  }

  mend(): void {
    this.#open = true;
    this.#silent = false;
    for (const pair of this.#pairs) if (!this.#lost.has(pair)) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(near: Socket): void {
    near.on('error', () => {});
    if (!this.#open) return void near.destroy();
    const far = connect(this.#target);
    far.on('error', () => {});
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    this.#pass(near, far);
    this.#pass(far, near);
    if (this.#silent) for (const socket of pair) socket.pause();
    const end = () => {
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.once('close', end);
    far.once('close', end);
  }

  #pass(from: Socket, to: Socket): void {
    let last: Promise<unknown> = Promise.resolve();
    from.on('data', (chunk) => {
      if (this.delay === 0) return void to.write(chunk);
      last = last.then(() => pause(this.delay)).then(() => to.destroyed || to.write(chunk));
    });
  }
}
