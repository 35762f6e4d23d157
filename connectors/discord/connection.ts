import { ConnectorError } from '#kit';

/** The longest a connection may take to be there, again or for the first time. */
const CONNECT_MS = 30_000;

/**
 * Ends a live connection that is silent. A socket can look open for hours while its other end is gone; heartbeats tell,
 * and where they fail too, this does.
 */
export class Watchdog {
  readonly #silenceMs: number;
  readonly #end: (failure: ConnectorError) => void;
  #timer: NodeJS.Timeout | undefined;
  #open = false;
  #stopped = false;

  constructor(silenceMs: number, end: (failure: ConnectorError) => void) {
    this.#silenceMs = silenceMs;
    this.#end = end;
  }

  /** Something came. */
  heard(): void {
    if (this.#open) this.#expect(this.#silenceMs, 'has been silent');
  }

  connected(): void {
    this.#open = true;
    this.heard();
  }

  /** Broken, or not there yet: it must come within its time. */
  closed(): void {
    if (this.#timer && !this.#open) return;
    this.#open = false;
    this.#expect(Math.min(CONNECT_MS, this.#silenceMs), 'could not be reached');
  }

  /** For good: the connection that is taken down now closes too, and that must not keep the process alive. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #expect(ms: number, what: string): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const message = `The live connection to Discord ${what} for ${ms / 1000} s. It is made anew, and what was missed is pulled.`;
    this.#timer = setTimeout(() => this.#end(new ConnectorError('unavailable', message)), ms);
  }
}

/**
 * What a close of the gateway means, where connecting again would not help. Undefined where discord.js mends it.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
export function failureOfClose(code: number): ConnectorError | undefined {
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
