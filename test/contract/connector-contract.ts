import type { ReplyOrder } from '#kit';
import type { Fault } from '../platforms/local-server.ts';

/**
 * What a connector's `fixtures/contract.ts` exports as `contract`, so that the suite can run over it. Everything else
 * the suite finds out by itself.
 */
export interface ConnectorContract {
  /** Makes ready what the connector reads from: a local server, or just the path of a file beside it. */
  start(): Promise<Started>;
  /**
   * For connectors that talk HTTP: a source whose platform lives at `address`. The suite puts a server there that fails
   * in every known way.
   */
  at?(address: string): SourceAt;
  /**
   * For connectors that do not talk HTTP, in place of `at`: a source whose platform fails in this way, whatever it is asked.
   * Each fault by what it means there, such as a refused sign-in for 401.
   */
  failing?(fault: Fault): Promise<SourceAt & { close(): Promise<void> }>;
  /**
   * For platforms that forget each item once they were asked for the next. A page must then come again until the pull
   * after it was made, and need not after that.
   */
  forgets?: true;
  /** For connectors that are called. */
  intake?: CallContract;
}

/** A call as it arrives at the address of a source. */
export interface MadeCall {
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** How a connector that is called is called. */
export interface CallContract {
  /** Behind the address of the source; empty for the address itself. */
  path: string;
  /** How many mentions `honest` brings. */
  mentions: number;
  /** As the platform or the app calls. The same for the same time. */
  honest(now: number): MadeCall;
  /** As somebody calls who is not it, by what is wrong. */
  forged(now: number): Record<string, MadeCall>;
}

export interface SourceAt {
  options: unknown;
  /** Environment variables, secrets among them. The suite looks for their values wherever they must not be. */
  variables?: Record<string, string>;
}

export interface Started extends SourceAt {
  /** How many mentions the fixtures hold. */
  mentions: number;
  /** For connectors that reply. */
  reply?: {
    /** To a message of the fixtures. */
    order: ReplyOrder;
    /** How often `order.text` stands on the platform now. */
    count(): number;
    /** The platform takes the next reply and breaks off before it answers. */
    breakOff(): void;
  };
  stop(): Promise<void>;
}
