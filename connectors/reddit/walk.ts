import {
  ConnectorError,
  type CoverageSpan,
  type FoundMention,
  holdsOneOf,
  type Instant,
  type ReplyPermission,
  type SkippedItem,
} from '#kit';
import type { RedditApi } from './api.ts';
import type { ListingSpec } from './listings.ts';
import type { Place, Walk } from './options.ts';
import { type Item, isGone, itemOf, markOf, permissionIn, toMention } from './schema.ts';

/** Items of the newest part of a listing that are remembered. */
const REMEMBERED = 300;
/** Enough of them known in a row, at the end of a page, and what comes after was read before. */
const KNOWN_IN_A_ROW = 10;
/** How far from the end of a page the items are that can be gone on from, should the last ones be deleted meanwhile. */
const ANCHORS_AT = [1, 2, 4, 8, 16, 32, 64];
/** A listing that goes on and on after this is broken. */
const NEVER_MORE = 2000;
const MOST_RESTARTS = 2;
/** A walk that stood still for so long begins anew: there is news at the top, and its place may be what is broken. */
const STALE_MS = 3_600_000;

/** One step of a walk through a listing: what a page brought, and what to remember. */
export interface Step {
  found: FoundMention[];
  skipped: SkippedItem[];
  place: Place;
  /** The walk has reached what was known. */
  done: boolean;
  /** What Reddit does not show any more. */
  hole?: CoverageSpan & { cause: string };
}

interface Mark {
  id: string;
  at: Instant;
}

/**
 * Reads the next page of a listing, newest first, until something known comes. No "before": an item that was deleted
 * would make Reddit answer with an empty page for ever.
 *
 * @throws ConnectorError
 */
export async function step(
  api: RedditApi,
  spec: ListingSpec,
  before: Place | undefined,
  since: Instant,
  signal: AbortSignal,
): Promise<Step> {
  const now = api.now();
  const place = before ?? { seen: [], top: since, readAt: since };
  const walk = place.walk && now - place.walk.startedAt < STALE_MS ? place.walk : begin(now);
  const floor = floorOf(place, since, api.options.overlapMinutes * 60_000);
  const [after] = walk.anchors;
  const { data } = await api.listing(
    spec.key,
    spec.uri,
    { ...spec.query(floor, now), limit: api.options.pageSize, ...(after && { after, count: walk.count }) },
    signal,
  );
  if (after && data.children.length === 0) return anchorLost(spec, place, walk, now);

  const marks = data.children.flatMap((thing) => markOf(thing) ?? []);
  if ((marks.length === 0 && data.children.length > 0) || (after && data.after === after)) throw noListing(spec, data);
  const { found, skipped } = await understand(api, spec, data.children, since, signal);
  const walked = onward(walk, marks, data.after, data.children.length);
  const metKnown = isKnown(marks, place);
  const reached = marks.length > 0 && (marks.at(-1) as Mark).at < floor;
  if (data.after && !metKnown && !reached && walked.count < NEVER_MORE)
    return { found, skipped, place: { ...place, walk: walked }, done: false };
  const hole = metKnown || reached ? undefined : holeAtEnd(api, spec, place, walked);
  return { found, skipped, place: finish(place, walked), done: true, ...(hole && { hole }) };
}

/** Nothing older than this is looked for: what was said before has been read, or lies too far back. */
function floorOf({ seen, top, readAt }: Place, since: Instant, overlap: number): Instant {
  const isFirst = seen.length === 0 && readAt === since;
  return isFirst ? since : Math.max(since, (seen.length > 0 ? top : readAt) - overlap);
}

function begin(now: Instant): Walk {
  return { anchors: [], seen: [], count: 0, restarts: 0, top: 0, oldest: now, startedAt: now };
}

/** Nothing on the page can be understood, or it leads back to itself: walking on would never end. */
function noListing({ key }: ListingSpec, data: unknown): ConnectorError {
  const raw = JSON.stringify(data);
  return new ConnectorError('bad-shape', `${key}: Reddit's answer is no listing that can be walked through.`, { raw });
}

function onward(walk: Walk, marks: readonly Mark[], after: string | null | undefined, count: number): Walk {
  const ids = marks.map(({ id }) => id);
  return {
    ...walk,
    anchors: [...new Set([after ?? [], ANCHORS_AT.map((fromEnd) => ids.at(-fromEnd) ?? [])].flat(2))],
    seen: [...new Set([...walk.seen, ...ids])].slice(0, REMEMBERED),
    count: walk.count + count,
    top: Math.max(walk.top, ...marks.map(({ at }) => at)),
    oldest: Math.min(walk.oldest, ...marks.map(({ at }) => at)),
  };
}

function isKnown(marks: readonly Mark[], { seen }: Place): boolean {
  const known = new Set(seen);
  const end = marks.slice(-KNOWN_IN_A_ROW);
  return end.length > 0 && end.every(({ id }) => known.has(id));
}

/** An empty page where one was promised: the item to go on from was deleted. The one before it may still be there. */
function anchorLost(spec: ListingSpec, place: Place, walk: Walk, now: Instant): Step {
  const nothing = { found: [], skipped: [] };
  const anchors = walk.anchors.slice(1);
  if (anchors.length > 0) return { ...nothing, place: { ...place, walk: { ...walk, anchors } }, done: false };
  if (walk.restarts < MOST_RESTARTS) {
    const again = { ...walk, anchors, count: 0, restarts: walk.restarts + 1 };
    return { ...nothing, place: { ...place, walk: again }, done: false };
  }
  const cause = `${spec.key}: items were deleted faster than Reddit could be read. What was said before ${iso(walk.oldest)} may be missing.`;
  const hole = { kind: 'hole' as const, from: place.readAt, to: Math.min(walk.oldest, now), cause };
  return { ...nothing, place: finish(place, walk), done: true, hole };
}

/** The listing ended before anything known came. Was it short, or cut off? */
function holeAtEnd(
  { cutOffAt, access }: RedditApi,
  { key }: ListingSpec,
  { readAt, seen }: Place,
  { count, oldest, startedAt }: Walk,
): Step['hole'] {
  const hole = (to: Instant, cause: string) =>
    readAt < to ? { kind: 'hole' as const, from: readAt, to, cause: `${key}: ${cause}` } : undefined;
  if (count >= cutOffAt) {
    const shown =
      access === 'feeds' ? `its feed holds only the newest ${count}` : 'Reddit shows only about the newest 1,000';
    return hole(oldest, `${shown}. What was said before ${iso(oldest)} was not seen.`);
  }
  if (count === 0 && seen.length > 1) {
    return hole(
      startedAt,
      'Reddit showed nothing, though there was something before. Look whether it is still open to us.',
    );
  }
  return undefined;
}

function finish({ seen, top }: Place, walk: Walk): Place {
  return {
    seen: [...new Set([...walk.seen, ...seen])].slice(0, REMEMBERED),
    top: Math.max(top, walk.top),
    readAt: walk.startedAt,
  };
}

async function understand(
  api: RedditApi,
  spec: ListingSpec,
  things: readonly unknown[],
  since: Instant,
  signal: AbortSignal,
): Promise<Pick<Step, 'found' | 'skipped'>> {
  const skipped: SkippedItem[] = [];
  const items: Item[] = [];
  for (const thing of things) {
    const item = itemOf(thing);
    const id = markOf(thing)?.id;
    if ('reason' in item) skipped.push({ reason: `${spec.key}: ${item.reason}`, ...(id && { nativeId: id }) });
    else if (!isGone(item) && item.created_utc * 1000 >= since) items.push(item);
  }
  const isWanted = holdsOneOf(spec.filtered ? api.options.keywords : []);
  const wanted = items.filter(({ title, body, selftext }) => isWanted(`${title ?? ''}\n${body ?? selftext ?? ''}`));
  const mayAnswer = await permissionsFor(api, wanted, signal);
  const found: FoundMention[] = [];
  for (const item of wanted) {
    const mention = toMention(item, mayAnswer(item));
    if ('reason' in mention) skipped.push({ nativeId: item.name, reason: `${spec.key}: ${mention.reason}` });
    else found.push(mention);
  }
  return { found, skipped };
}

/** What the rights of our key and our standing in each subreddit allow. */
export async function permissionsFor(
  api: RedditApi,
  items: readonly Item[],
  signal: AbortSignal,
): Promise<(item: Item) => ReplyPermission> {
  if (!api.may('submit')) {
    const why =
      api.access === 'account'
        ? 'The key has no right to comment (submit).'
        : 'Reddit is read without an account here.';
    return () => ({ how: 'by-hand', why: `${why} Post the reply on Reddit and confirm.` });
  }
  const standing = await api.standings(
    items.flatMap(({ subreddit_id }) => subreddit_id ?? []),
    signal,
  );
  return ({ subreddit_id }) => permissionIn(subreddit_id ? standing(subreddit_id) : undefined);
}

function iso(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
