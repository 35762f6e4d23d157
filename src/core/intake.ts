/** Hearing by being called: a platform, an app or a form sends to an address of ours instead of being asked. */
import type { FoundMention, Instant, SkippedItem, SourceId } from './nouns.ts';

/** A call to the address of a source. Nothing in it is believed before its signature was looked at. */
export interface Call {
  method: 'GET' | 'POST';
  /** What stands behind the address of the source, such as "v1/feedback"; empty for the address itself. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /**
   * The body as it comes, byte for byte. Not read any further when the connector stops reading, so that a forged call
   * costs little. Throws `CallRefused` beyond `maxBytes`.
   */
  body: AsyncIterable<Uint8Array>;
}

/** What a call is answered with. */
export interface CallAnswer {
  status: number;
  /** Lower case. `content-type` is text/plain where it is left out. */
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** Marks a call, or what it brings, as taken: the same mark again changes nothing. */
export interface TakenMark {
  /** A sender's id, a signature: at most 200 characters. */
  id: string;
  /** A hash of what came with it, where the same id with something else is to be told apart. */
  digest?: string;
  /** Remembered at least until then. */
  until: Instant;
}

/** What a call brought. All of it is stored in one transaction, but for what is erased: that goes first. */
export interface Brought {
  found?: FoundMention[];
  /** Native ids that are deleted at the source. */
  gone?: string[];
  skipped?: SkippedItem[];
  once?: TakenMark[];
}

/** What became of it. `repeated`: a mark was known, with the same digest or another one, and nothing was changed. */
export interface Kept {
  added: number;
  changed: number;
  known: number;
  repeated?: 'same' | 'other';
}

/** Where an intake puts what it was told. */
export interface Hear {
  /**
   * Resolves when everything is stored on all machines: answer "yes" only then.
   *
   * @throws whatever the store throws; the sender is told to come again
   */
  (brought: Brought): Promise<Kept>;
  /** Was this mark taken before? Asked before a body is read, so that a repeated call costs little. */
  taken(id: string): Promise<boolean>;
}

/** What a source takes when it is called. */
export interface Intake {
  /** The largest body, in bytes. */
  maxBytes: number;
  /** Calls in a minute: that were proven, over all senders; from one address; and from one address to some of the paths. */
  perMinute: { all: number; each: number; at?: Readonly<Record<string, number>> };
  answer(call: Call, hear: Hear, signal: AbortSignal): Promise<CallAnswer>;
}

/** Below this stands the address of each source: `/intake/<source>`. */
export const INTAKE_PATH = '/intake';

export function intakeAddress(origin: string, source: SourceId): string {
  return `${origin.replace(/\/+$/, '')}${INTAKE_PATH}/${encodeURIComponent(source)}`;
}
