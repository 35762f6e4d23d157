/** Hearing Reddit: listings walked through in rounds, what that saw and missed, and what became of messages since. */
import {
  asFailure,
  ConnectorError,
  type CoverageSpan,
  type FailureKind,
  type FoundMention,
  type From,
  holdsOneOf,
  type Instant,
  type Page,
  type Recheck,
  type ReplyPermission,
  type SkippedItem,
} from '#kit';
import { Closed, limitsOf } from './access.ts';
import type { RedditApi } from './client.ts';
import { type Item, isGone, itemOf, type Mark, markOf, permissionsFor, toMention } from './messages.ts';
import { type Cursor, type ListingSpec, listingsOf, type Place, type Round, type Walk } from './settings.ts';

/** Holes that are remembered. */
const MOST_HOLES = 50;

/**
 * One page of one listing. Each listing of a round is read to its end before the next; one that is closed to us stops
 * none of the others.
 *
 * @throws ConnectorError when Reddit as a whole is closed to us for now, or every listing of the round failed
 */
export async function nextPage(api: RedditApi, from: From<Cursor>, signal: AbortSignal): Promise<Page<Cursor>> {
  const cursor = 'cursor' in from ? from.cursor : { since: from.since, seenTo: from.since, places: {}, holes: [] };
  const specs = listingsOf(api);
  const { round, spec } = goOn(cursor, specs);
  const taken = await tryStep(api, spec, cursor, signal);

  const { found, skipped, hole, failure } = taken;
  const failures = failure ? [...round.failures, asData(failure)] : round.failures;
  const answered = round.answered + (failure || !taken.done ? 0 : 1);
  const left = taken.done ? round.left.slice(1) : round.left;
  if (left.length === 0 && answered === 0) throw togetherAs(failures, failure);

  const keys = new Set(specs.map(({ key }) => key));
  const known = { ...cursor.places, ...(taken.place && { [spec.key]: taken.place }) };
  const places = Object.fromEntries(Object.entries(known).filter(([key]) => keys.has(key)));
  const holes = hole ? [...cursor.holes, hole].slice(-MOST_HOLES) : cursor.holes;
  const next: Cursor = { since: cursor.since, seenTo: cursor.seenTo, places, holes };
  const end = left.length === 0 ? endOfRound(next, specs, api.now()) : { next, coverage: [] };
  return {
    found,
    skipped,
    notices: [failure?.message ?? hole?.cause ?? [], noticeOf(api, left)].flat(),
    coverage: [
      ...(failure ? span(cursor.places[spec.key]?.readAt ?? cursor.since, api.now(), failure.message) : []),
      ...(hole ? [hole] : []),
      ...end.coverage,
    ],
    more: left.length > 0,
    cursor: { ...end.next, ...(left.length > 0 && { round: { left, answered, failures } }) },
  };
}

/** Told at the end of each round: what this way into Reddit does not show at all. */
function noticeOf({ access, options }: RedditApi, left: readonly string[]): string[] {
  const missed = access === 'feeds' || options.usernameMentions ? limitsOf(access) : undefined;
  return missed && left.length === 0 ? [missed] : [];
}

function goOn({ round }: Cursor, specs: readonly ListingSpec[]): { round: Round; spec: ListingSpec } {
  const byKey = new Map(specs.map((spec) => [spec.key, spec]));
  const kept = round?.left.filter((key) => byKey.has(key)) ?? [];
  const now =
    round && kept.length > 0 ? { ...round, left: kept } : { left: [...byKey.keys()], answered: 0, failures: [] };
  const spec = byKey.get(now.left[0] ?? '');
  if (!spec) throw new ConnectorError('rejected', 'This source has nothing to hear. Name a subreddit or a search.');
  return { round: now, spec };
}

/** A failure that is about this one listing is given back; one that is about Reddit as a whole is thrown. */
async function tryStep(
  api: RedditApi,
  spec: ListingSpec,
  { places, since }: Cursor,
  signal: AbortSignal,
): Promise<Omit<Step, 'place'> & { place?: Place; failure?: ConnectorError }> {
  try {
    return await step(api, spec, places[spec.key], since, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = asFailure(thrown);
    const aboutAll = failure.kind === 'rate-limited' || failure.kind === 'unauthorized';
    if (aboutAll && !(failure instanceof Closed)) throw failure;
    return { found: [], skipped: [], done: true, failure };
  }
}

/** What every listing has been read up to counts as seen, but for what Reddit did not show. */
function endOfRound(cursor: Cursor, specs: readonly ListingSpec[], now: Instant) {
  const readTo = Math.min(now, ...specs.map(({ key }) => cursor.places[key]?.readAt ?? cursor.since));
  if (readTo <= cursor.seenTo) return { next: cursor, coverage: [] };
  const seen: CoverageSpan = { kind: 'seen', from: cursor.seenTo, to: readTo };
  const coverage = cursor.holes.reduce((spans, hole) => spans.flatMap((one) => without(one, hole)), [seen]);
  return { next: { ...cursor, seenTo: readTo }, coverage };
}

function without(span: CoverageSpan, hole: { from: Instant; to: Instant }): CoverageSpan[] {
  const before = { ...span, to: Math.min(span.to, hole.from) };
  const after = { ...span, from: Math.max(span.from, hole.to) };
  return [before, after].filter(({ from, to }) => from < to);
}

function span(from: Instant, to: Instant, cause: string): CoverageSpan[] {
  return from < to ? [{ kind: 'hole', from, to, cause }] : [];
}

function asData({ kind, message, blocked }: ConnectorError): Round['failures'][number] {
  return { kind, message: message.slice(0, 500), blocked };
}

function togetherAs(failures: Round['failures'], last?: ConnectorError): ConnectorError {
  if (failures.length === 1 && last) return last;
  const [first] = failures;
  const agree = failures.every(({ kind }) => kind === first?.kind);
  return new ConnectorError(
    agree && first ? (first.kind as FailureKind) : 'unavailable',
    `Nothing of this source could be read.\n${failures.map(({ message }) => message).join('\n')}`,
    { blocked: failures.every(({ blocked }) => blocked) },
  );
}

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
interface Step {
  found: FoundMention[];
  skipped: SkippedItem[];
  place: Place;
  /** The walk has reached what was known. */
  done: boolean;
  /** What Reddit does not show any more. */
  hole?: CoverageSpan & { cause: string };
}

/**
 * Reads the next page of a listing, newest first, until something known comes. No "before": an item that was deleted
 * would make Reddit answer with an empty page for ever.
 *
 * @throws ConnectorError
 */
async function step(
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

function iso(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The most that one request may ask about. */
const AT_ONCE = 100;
/** From here on it is likelier that Reddit is at fault than that everything was deleted at once. */
const TOO_MANY = 20;

/**
 * What became of messages we hold. Gone: deleted by its author or with its author, removed by moderators or by Reddit, or
 * not known to Reddit any more. Everything edited since it was written is given back whole; the store sees what is new.
 *
 * @throws ConnectorError
 */
export async function recheck(api: RedditApi, nativeIds: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
  // A feed holds the newest only: what is not in it says nothing.
  if (api.access === 'feeds') return [];
  const ids = [...new Set(nativeIds)].filter((id) => /^t[13]_[a-z\d]+$/.test(id));
  const answers: Recheck[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    answers.push(...(await recheckSome(api, ids.slice(start, start + AT_ONCE), signal)));
  }
  return answers;
}

async function recheckSome(api: RedditApi, ids: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
  const { data } = await api.things(ids, signal);
  const things = new Map(
    data.children.flatMap((thing) => (markOf(thing) ? [[markOf(thing)?.id, thing] as const] : [])),
  );
  if (ids.length >= TOO_MANY && !ids.some((id) => things.has(id))) {
    const what = `Reddit claims to know none of ${ids.length} messages.`;
    throw new ConnectorError('bad-shape', `${what} That is hard to believe, so nothing was erased. It is asked again.`);
  }
  const items = ids.flatMap((id) => {
    const item = itemOf(things.get(id));
    return 'reason' in item || isGone(item) ? [] : [item];
  });
  const mayAnswer = await permissionsFor(api, items, signal);
  return ids.map((nativeId): Recheck => answerFor(nativeId, things.get(nativeId), mayAnswer));
}

function answerFor(nativeId: string, thing: unknown, mayAnswer: (item: Item) => ReplyPermission): Recheck {
  if (thing === undefined) return { nativeId, now: 'gone' };
  const item = itemOf(thing);
  // A shape we do not know says nothing about a deletion.
  if ('reason' in item) return { nativeId, now: 'same' };
  if (isGone(item)) return { nativeId, now: 'gone' };
  const found = toMention(item, mayAnswer(item));
  if ('reason' in found) return { nativeId, now: 'same' };
  const changed = found.editedAt !== undefined || found.permission.how !== 'api';
  return changed ? { nativeId, now: 'edited', found } : { nativeId, now: 'same' };
}
