import type { Instant, Mention } from '../../core/nouns.ts';
import type { Clock, Posted, Source, Store, TemplateBook } from '../../core/ports.ts';

/** What posting needs from the world. */
export interface OutboxDeps {
  store: Pick<Store, 'outbox' | 'find' | 'step' | 'wasPutBack' | 'belongsHere'>;
  /** The open source that can answer this mention, or undefined where there is none any more. */
  sourceOf(mention: Mention): Source | undefined;
  /** Who we answer as: the same function that review binds approvals with. */
  accountOf(mention: Mention): string;
  /** Which version each template has now: a reply from an older one is not sent. */
  templates: Pick<TemplateBook, 'version'>;
  clock: Clock;
  /**
   * The clock that all processes on this store share, see `Machines.now`. A lease is set and looked at by it, so that
   * machines whose clocks differ agree who may send. Default: `clock`.
   */
  sharedNow?: () => Promise<Instant>;
  /** Stops between sends. A send on its way gets `stopGraceMs` to end. */
  signal: AbortSignal;
  /** Names this process in the audit. */
  worker: string;
  log: { info(message: string, fields?: object): void; warn(message: string, fields?: object): void };
  /** The most one send or look-up may take. Default 20 s. */
  sendTimeoutMs?: number;
  /** Past this, whoever was sending is taken for dead and the outcome for unknown. Default three times the time limit. */
  leaseMs?: number;
  /** Default 5 s. */
  stopGraceMs?: number;
  /** When a reply of unknown outcome is looked up or sent again with its key, after it became so. */
  settleAfterMs?: readonly number[];
  /** 0 to 1, for the jitter of waiting times. Default Math.random. */
  random?: () => number;
}

/** What one pass over the outbox did. */
export interface OutboxReport {
  posted: number;
  failed: number;
  unsure: number;
  /** Approvals that no longer fit what is there now, given back with the reason. */
  void: number;
  /** Tried, surely not posted, to be tried again later. */
  waiting: number;
}

/** How a send ended, in the words of the failure table. */
export type Outcome =
  | { is: 'posted'; posted: Posted; proof?: 'look-up' }
  | { is: 'refused'; reason: string }
  | {
      is: 'not-posted';
      why: 'rate-limited' | 'unavailable' | 'unauthorized';
      reason: string;
      until?: Instant;
    }
  | { is: 'unknown'; reason: string };
