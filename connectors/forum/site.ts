import type { Finding, FoundMention, Identity, Posted, Recheck, ReplyOrder, ReplyPermission } from '#kit';
import type { ForumClient } from './client.ts';

/** One post of a page. Without `found` it is nothing for us: older than wanted, deleted, or not understood. */
export interface Item {
  /** Orders the listing: higher is newer. An id or a time, whichever the forum sorts by. Undefined where it is not understood. */
  rank?: number;
  /** The time it is ordered by, where that is not when it was said. */
  at?: number;
  found?: FoundMention;
  /** Why it could not be understood. */
  reason?: string;
  nativeId?: string;
}

export interface SitePage {
  items: Item[];
  /** Where the next, older page begins. Undefined where there is none. */
  next?: string;
  /** Set where the forum shows no more although there may be more. */
  cutOff?: string;
  /** For a person's eye; stops nothing. */
  notice?: string;
}

/** How far back a page is wanted. */
export interface Reach {
  /** Ranks up to this one are known. Undefined the first time. */
  mark: number | undefined;
  since: number;
}

/** One kind of forum software. Each answers the same questions in its own way. */
export interface Site {
  listings(): string[];
  me(signal: AbortSignal): Promise<Identity>;
  page(listing: string, at: string | undefined, reach: Reach, signal: AbortSignal): Promise<SitePage>;
  /** At most as many as are asked about at once; ids are the forum's own. */
  recheck(ids: readonly string[], signal: AbortSignal): Promise<Recheck[]>;
  send?(order: ReplyOrder, signal: AbortSignal): Promise<Posted>;
  find?(order: ReplyOrder, signal: AbortSignal): Promise<Posted | null>;
  examine?(signal: AbortSignal): Promise<Finding[]>;
}

/** How far the forum's clock and ours may be apart when we look for a reply of ours. */
export const SLACK_MS = 2 * 60_000;

const BY_HAND_WITHOUT_KEY = {
  how: 'by-hand',
  why: 'No key is set for this forum. Open the page, post the reply there and confirm.',
} as const;

export function permissionOf({ hasKey }: ForumClient): ReplyPermission {
  return hasKey ? { how: 'api' } : BY_HAND_WITHOUT_KEY;
}

/** What became of so many posts, where it seems that none is left: likelier the forum or our rights than everybody. */
export const TOO_MANY_GONE = 20;

/**
 * Posts that were fetched one by one, so that a page whose last one failed does not fetch the others again. Bounded; losing
 * it costs requests and nothing else.
 */
export class Fetched<T> {
  readonly #kept = new Map<string, T>();

  async get(id: string, fetch: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(id);
    if (kept !== undefined) return kept;
    const fetched = await fetch();
    this.#kept.set(id, fetched);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_FETCHED && oldest !== undefined) this.#kept.delete(oldest);
    return fetched;
  }
}

/** More than are new between two rounds: what is read twice, since posts show up late, is fetched once. */
const MOST_FETCHED = 2_000;
