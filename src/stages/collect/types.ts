import type { Alone } from '../../core/leases.ts';
import type { Instant, SkippedItem, SourceId } from '../../core/nouns.ts';
import type { Clock, Notifier, Page, SourceState, Store } from '../../core/ports.ts';

export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}

/** What collecting needs from the world. */
export interface CollectorDeps {
  store: Pick<Store, 'savePage' | 'cursor' | 'saveStatus' | 'statuses' | 'erase'>;
  clock: Clock;
  log: Log;
  /** Handles of ours on a platform; posts by them are no mentions. */
  ourHandles(platform: string): readonly string[];
  notifier?: Notifier;
  /** Told of each canary that a source showed, once what came with it is stored. */
  onCanary?(source: SourceId, token: string): Promise<void>;
  /** Keeps other processes off a source while it is read. Left out where there are none. */
  alone?: Alone;
  /** True while so much waits to be sorted that nothing more is read. Left out: never. */
  backlog?(): Promise<boolean>;
  /** The most one page may take. Default 5 minutes. */
  pageLimitMs?: number;
  /** 0 to 1, for the jitter of waiting times. Default Math.random. */
  random?: () => number;
}

export interface CollectOptions {
  /** How far the very first pull looks back. */
  since: Instant;
  signal: AbortSignal;
  /** A person asked, so a source that rests after a failure is tried at once. */
  asked?: boolean;
  /** What was missed lies before this moment, so a run that is under way does not count: it is waited for, then begun anew. */
  anew?: boolean;
  /** Called after each stored page. */
  onPage?(page: PageReport): void;
}

export interface PageReport {
  source: SourceId;
  added: number;
  known: number;
  skipped: number;
  /** What was skipped on this page, and why. */
  skippedItems: readonly SkippedItem[];
  progress?: NonNullable<Page['progress']>;
}

/** What one run over a source's pages brought. */
export interface CollectResult {
  source: SourceId;
  /** How the source is now. Zero added means "no news" only when it is `ok`. */
  state: SourceState;
  /** What is wrong and what to do, or what to know, or the empty string. */
  message: string;
  /** Not before this. */
  until?: Instant;
  pages: number;
  added: number;
  /** Known mentions whose text was edited at the source. */
  changed: number;
  known: number;
  /** Our own posts, dropped. */
  ours: number;
  skipped: number;
  /** True when it was not pulled at all: it rests, or a stop was asked for. */
  rested: boolean;
  /** It was read no further, since too much waits to be sorted. The next run goes on from there. */
  backlog?: true;
  /** It was not pulled, since another process reads it at this moment. */
  elsewhere?: true;
}
