/** Hearing a forum of any kind: what each kind answers, a post in our words, and listings walked through in rounds. */
import {
  type CoverageSpan,
  cleanText,
  type Finding,
  type FoundMention,
  type From,
  holdsOneOf,
  htmlToText,
  type Identity,
  type Instant,
  markupToText,
  type Page,
  type Posted,
  type Recheck,
  type ReplyOrder,
  type ReplyPermission,
  type SkippedItem,
  safeUrl,
  z,
} from '#kit';
import type { ForumClient } from './client.ts';
import type { Cursor, Place } from './index.ts';

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
 * Posts that are fetched one by one and remembered: more than are new between two rounds, since what shows up late is read
 * twice.
 */
export const MOST_FETCHED = 2_000;

/** Numbers on most forums; addresses for posts that came from elsewhere. We only know texts. */
export const Id = z.union([z.string().min(1).max(500), z.int()]).transform(String);

/** What a forum says of one post, in the words that all of them share. */
interface Said {
  id: string;
  author: { id: string; handle?: string | undefined; name?: string | undefined; url?: string | undefined };
  /** Plain text or with entities. Only for what begins a topic. */
  title?: string | undefined;
  html: string;
  saidAt: Instant | undefined;
  editedAt?: Instant | undefined;
  url: string;
  topic: string;
  place: string;
  replyRef?: object;
}

/** A post as a mention, or undefined where nothing is said in it (a picture alone, an empty text). */
export function mentionOf(said: Said, client: ForumClient, permission: ReplyPermission): FoundMention | undefined {
  const url = safeUrl(said.url);
  const title = markupToText(said.title ?? '').replace(/\s+/g, ' ');
  const text = [title, htmlToText(said.html, url)].filter(Boolean).join('\n');
  if (!text) return undefined;
  const { saidAt, editedAt } = said;
  const handle = cleanText(said.author.handle ?? '');
  const name = markupToText(said.author.name ?? '').slice(0, 200);
  const page = safeUrl(said.author.url);
  return {
    nativeId: client.nativeId(said.id),
    author: {
      id: said.author.id,
      ...(handle && { handle }),
      ...(name && name !== handle && { name }),
      ...(page && { url: page }),
    },
    text,
    conversationId: client.nativeId(`t/${said.topic}`),
    permission,
    place: said.place,
    ...(url && { url }),
    ...(saidAt !== undefined && { saidAt }),
    ...(editedAt !== undefined && saidAt !== undefined && editedAt > saidAt && { editedAt }),
    ...(said.replyRef && { replyRef: JSON.stringify(said.replyRef) }),
  };
}

/** One thing of a list, checked on its own, so that a strange one does not take its page along. */
export function readOne<T>(shape: z.ZodType<T>, raw: unknown): { read: T } | { reason: string } {
  const answer = shape.safeParse(raw);
  return answer.success ? { read: answer.data } : { reason: z.prettifyError(answer.error) };
}

/**
 * One page of one listing, newest first. A round reads each listing back to where the walk before the last one began.
 *
 * @throws ConnectorError
 */
export async function nextPage(
  { site, client }: { site: Site; client: ForumClient },
  from: From<Cursor>,
  signal: AbortSignal,
): Promise<Page<Cursor>> {
  const cursor = 'cursor' in from ? from.cursor : { since: from.since, seenTo: from.since, places: {} };
  const listings = site.listings();
  const walk = walkOf(cursor, listings, client.now());
  const place = cursor.places[walk.listing] ?? { tops: [] };
  const mark = place.tops.length === 2 ? place.tops[0] : undefined;
  const page = await site.page(walk.listing, walk.at, { mark, since: cursor.since }, signal);

  const top = Math.max(walk.top ?? Number.NEGATIVE_INFINITY, ...page.items.flatMap(({ rank }) => rank ?? []));
  const known = Number.isFinite(top) ? top : undefined;
  const { over, cause = walk.cause } = endOf(page, mark, cursor.since);
  const left = listings.slice(listings.indexOf(walk.listing) + (over ? 1 : 0));
  const places = over ? { ...cursor.places, [walk.listing]: after(place, known) } : cursor.places;
  const [listing] = left;
  const going = { startedAt: walk.startedAt, ...(cause !== undefined && { cause }) };
  const next: Cursor['walk'] = over
    ? listing !== undefined
      ? { listing, ...going }
      : undefined
    : {
        listing: walk.listing,
        ...going,
        ...(page.next && { at: page.next }),
        ...(known !== undefined && { top: known }),
      };
  return {
    ...sorted(page.items, cursor.since, client.options.keywords),
    more: next !== undefined,
    coverage: next ? [] : covered(cursor, walk.startedAt, cause),
    notices: [page.notice ?? [], next ? [] : (cause ?? [])].flat(),
    cursor: {
      since: cursor.since,
      seenTo: next ? cursor.seenTo : walk.startedAt,
      places: Object.fromEntries(Object.entries(places).filter(([key]) => listings.includes(key))),
      ...(next && { walk: next }),
    },
  };
}

function walkOf({ walk }: Cursor, listings: readonly string[], now: number): NonNullable<Cursor['walk']> {
  if (walk && listings.includes(walk.listing)) return walk;
  return { listing: listings[0] ?? '', startedAt: now };
}

/** Is the listing read, and if it broke off before known ground, why? */
function endOf(page: SitePage, mark: number | undefined, since: number): { over: boolean; cause?: string } {
  const reached =
    mark === undefined
      ? page.items.some(({ at, found }) => (at ?? found?.saidAt ?? since) < since)
      : page.items.some(({ rank }) => rank !== undefined && rank <= mark);
  if (reached) return { over: true };
  if (page.next) return { over: false };
  return { over: true, ...(page.cutOff && { cause: page.cutOff }) };
}

function after({ tops }: Place, top: number | undefined): Place {
  const last = tops.at(-1);
  const newest = top === undefined ? last : Math.max(top, last ?? top);
  if (newest === undefined) return { tops: [] };
  return { tops: last === undefined ? [newest] : [last, newest] };
}

function sorted(items: readonly Item[], since: number, keywords: readonly string[]): Pick<Page, 'found' | 'skipped'> {
  const found = items.flatMap((item) => item.found ?? []);
  const skipped = items.flatMap(({ reason, nativeId }): SkippedItem[] =>
    reason ? [{ reason, ...(nativeId && { nativeId }) }] : [],
  );
  const wanted = found.filter(({ saidAt, text }) => (saidAt ?? since) >= since && holdsOneOf(keywords)(text));
  return { found: wanted, skipped };
}

function covered({ seenTo }: Cursor, to: number, cause: string | undefined): CoverageSpan[] {
  if (to <= seenTo) return [];
  return [cause === undefined ? { kind: 'seen', from: seenTo, to } : { kind: 'hole', from: seenTo, to, cause }];
}
