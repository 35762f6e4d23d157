import { ConnectorError } from '../core/failures.ts';

/** The longest a connection may take to be there, again or for the first time. */
const CONNECT_MS = 30_000;

/**
 * Ends a live connection that is silent. A socket can look open for hours while its other end is gone; heartbeats tell,
 * and where they fail too, this does.
 */
export class Watchdog {
  readonly #connection: string;
  readonly #silenceMs: number;
  readonly #end: (failure: ConnectorError) => void;
  #timer: NodeJS.Timeout | undefined;
  #open = false;
  #stopped = false;

  /** @param platform Whose connection it is. @param end Gets why it is over. */
  constructor(platform: string, silenceMs: number, end: (failure: ConnectorError) => void) {
    this.#connection = `The live connection to ${platform}`;
    this.#silenceMs = silenceMs;
    this.#end = end;
  }

  /** Something came. */
  heard(): void {
    if (this.#open) this.#expect(this.#silenceMs, `${this.#connection} has been silent`);
  }

  connected(): void {
    this.#open = true;
    this.heard();
  }

  /** Broken, or not there yet: it must come within its time. */
  closed(): void {
    if (this.#timer && !this.#open) return;
    this.#open = false;
    this.#expect(Math.min(CONNECT_MS, this.#silenceMs), `${this.#connection} could not be reached`);
  }

  /** For good: the connection that is taken down now closes too, and that must not keep the process alive. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #expect(ms: number, what: string): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const message = `${what} for ${ms / 1000} s. It is made anew, and what was missed is pulled.`;
    this.#timer = setTimeout(() => this.#end(new ConnectorError('unavailable', message)), ms);
  }
}
