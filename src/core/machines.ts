import type { Instant } from './nouns.ts';

/**
 * What processes on one store agree about, whichever machine they run on. Times are the store's own: the database's clock
 * where there is a server, so that machines whose clocks differ still agree.
 */
export interface Machines {
  now(): Promise<Instant>;
  /** Takes a lease for so long from now, or renews one's own. False when another holds it. */
  takeLease(name: string, holder: string, forMs: number): Promise<boolean>;
  /** Gives a lease back, if it is still held by this holder. */
  giveBack(name: string, holder: string): Promise<void>;
  /** Leases that hold at this moment, by name. */
  leases(): Promise<Lease[]>;
  /** Takes one time of a schedule. True for one holder alone, even when that one dies at once. Kept for a day. */
  takeSlot(job: string, at: Instant, holder: string): Promise<boolean>;
  /** Takes one of what is allowed, for all processes together. 0 when it was taken, else the milliseconds until one may be there. */
  takeTurn(name: string, allowed: Allowance): Promise<number>;
  /** Nobody gets a turn for so long, since the platform asked for it. A longer rest stands. */
  rest(name: string, allowed: Allowance, forMs: number): Promise<void>;
  /** Tells the other processes something in passing, at most 2,000 characters. Kept nowhere: who is not there does not hear it. */
  say(text: string): Promise<void>;
  /**
   * Hears what the others say, in the order in which it was said. Called without a text when something may have been
   * missed. Where the store serves one process alone there is nobody to hear. Returns how to stop.
   */
  hear(listener: (text?: string) => void): () => void;
}

/** So many in so much time on average; all of them may go at once. */
export interface Allowance {
  count: number;
  perSeconds: number;
}

export interface Lease {
  name: string;
  holder: string;
  until: Instant;
}

/** Small texts that connectors keep between runs, by scope and name; see `Keep` in the kit. May hold secrets. */
export interface KeptTexts {
  read(scope: string, name: string): Promise<string | undefined>;
  /** Writes if the text still is `before` (undefined: if there is none). False when somebody else was there first. */
  replace(scope: string, name: string, before: string | undefined, after: string): Promise<boolean>;
}

/** Models that were promoted, for all machines. Texts of some megabytes. */
export interface ModelShelf {
  read(name: string): Promise<string | undefined>;
  /** Writes if the text still is `before` (undefined: if there is none). False when somebody else was there first. */
  replace(name: string, before: string | undefined, after: string): Promise<boolean>;
}

/** One document that several processes change: its newest state, and a few older ones. */
export interface SettingsShelf {
  read(): Promise<SettingsRecord | undefined>;
  /**
   * Writes a new state and its version if the newest still is `before` (undefined: if there is none), and drops all but
   * the last `keep` versions. False when somebody else was there first.
   */
  replace(before: number | undefined, after: SettingsRecord, keep: number): Promise<boolean>;
  /** The kept versions, newest first. */
  versions(): Promise<SettingsRecord[]>;
  /** Calls back when it may have changed, by this process or another. Returns how to stop. */
  watch(onChange: () => void): () => void;
}

export interface SettingsRecord {
  revision: number;
  /** The document as JSON. */
  document: string;
  /** Who changed what, as JSON. */
  version: string;
}
