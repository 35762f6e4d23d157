/** Hearing X: streams read page by page, how far a walk goes, what it saw and missed, and what became of posts since. */
import {
  ConnectorError,
  type CoverageSpan,
  type FoundMention,
  type Instant,
  isLater,
  type Page,
  type Recheck,
  type SkippedItem,
  wishIn,
} from '#kit';
import { XFailure } from './access.ts';
import type { XClient } from './client.ts';
import {
  FIRST_DAY,
  idAt,
  isNothingNew,
  type Me,
  mentionOf,
  OPTED_OUT,
  type PageOfPosts,
  type Post,
  postOf,
  timeOf,
} from './messages.ts';
import { type Cursor, LEAST, type Round, type Run, type Span, type Stream } from './settings.ts';

const MENTIONS = 'mentions';
/** A round that stood still for longer starts again, so that a search that fails does not keep the mentions waiting. */
const BROKEN_OFF_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** Posts that are looked at again with one request. */
const AT_ONCE = 100;

/**
 * Reads one page of one stream: the mentions, then each search. A walk goes from the newest post down to where the last
 * one began; a stream's own place moves only when its walk has ended, so that breaking off anywhere loses nothing.
 */
export async function nextPage(client: XClient, cursor: Cursor, signal: AbortSignal): Promise<Page<Cursor>> {
  const keys = streamsOf(client);
  const round = goOnRound(cursor.round, keys, client.now());
  const [key, ...left] = round.left;
  if (key === undefined)
    throw new ConnectorError('rejected', 'This source reads neither mentions nor a search. Set one.');

  const stream = cursor.streams[key] ?? {};
  const overlapMs = client.options.overlapMinutes * 60_000;
  const run = stream.run ?? begin(stream, cursor.since, overlapMs, client.now());
  const step = await readStep(client, key, stream, run, signal).catch((thrown) => refusedStep(thrown, key, stream));

  const { more, found, skipped, notices = [] } = step;
  const next: Round = {
    left: more ? round.left : left,
    at: client.now(),
    holes: [...round.holes, ...(step.holes ?? [])].slice(-50),
    refused: step.refused ? [...round.refused, step.refused] : round.refused,
  };
  const over = next.left.length === 0;
  if (over && next.refused.length === keys.length) throw new ConnectorError('rejected', next.refused.join('\n'));
  const streams = Object.fromEntries(
    Object.entries({ ...cursor.streams, [key]: step.stream }).filter(([name]) => keys.includes(name)),
  );
  return {
    found,
    skipped,
    more: !over,
    notices,
    ...(over
      ? { cursor: { since: cursor.since, streams: told(streams) }, coverage: coverageOf(next, keys, streams) }
      : { cursor: { since: cursor.since, streams, round: next } }),
  };
}

function streamsOf({ options }: XClient): string[] {
  return [...(options.mentions ? [MENTIONS] : []), ...new Set(options.searches.map((words) => `search ${words}`))];
}

function goOnRound(round: Round | undefined, keys: string[], now: Instant): Round {
  const left = round?.left.filter((key) => keys.includes(key)) ?? [];
  if (round && left.length > 0 && Math.abs(now - round.at) < BROKEN_OFF_MS) return { ...round, left };
  return { left: keys, at: now, holes: round?.holes ?? [], refused: [] };
}

interface Step {
  found: FoundMention[];
  skipped: SkippedItem[];
  stream: Stream;
  more: boolean;
  holes?: Round['holes'];
  notices?: string[];
  refused?: string;
}

async function readStep(client: XClient, key: string, stream: Stream, from: Run, signal: AbortSignal): Promise<Step> {
  const isSearch = key !== MENTIONS;
  const limited = isSearch ? within7Days(from, stream, client.now()) : { run: from };
  const us = await client.me(signal);
  const { page, run } = await fetchPage(client, key, limited.run, signal);
  assertNews(page, key);

  const { posts, skipped, ids } = readPosts(page);
  const found = await mentionsIn(client, posts, page, us);
  await client.spend.add(priceOf(client, page, ids, stream, isSearch));
  const walked = goOn(run, ids, page.token);
  const holes = limited.hole ? [limited.hole] : [];
  if (page.token !== undefined) return { found, skipped, holes, more: true, stream: { ...stream, run: walked } };
  const { stream: next, hole } = ended(walked, stream, !isSearch);
  return { found, skipped, more: false, stream: next, holes: [...holes, ...(hole ? [hole] : [])] };
}

/** A page token that X has forgotten is given up, and the walk goes on below the oldest post it knows. */
async function fetchPage(
  client: XClient,
  key: string,
  run: Run,
  signal: AbortSignal,
): Promise<{ page: PageOfPosts; run: Run }> {
  try {
    return { page: await ask(client, key, run, signal), run };
  } catch (thrown) {
    if (run.token === undefined || !isRefusal(thrown)) throw thrown;
    const { token: _, ...rest } = run;
    return { page: await ask(client, key, rest, signal), run: rest };
  }
}

async function ask(client: XClient, key: string, run: Run, signal: AbortSignal): Promise<PageOfPosts> {
  const { pageSize, prices } = client.options;
  const isSearch = key !== MENTIONS;
  const price = (isSearch ? prices.post : prices.ownedRead) + prices.user;
  const least = isSearch ? LEAST.search : LEAST.mentions;
  const query = { ...queryFor(run), max_results: await client.spend.affordable(price, pageSize, least) };
  if (isSearch) {
    return client.search(
      key.slice('search '.length),
      { ...query, ...(run.token && { next_token: run.token }) },
      signal,
    );
  }
  return client.mentions({ ...query, ...(run.token && { pagination_token: run.token }) }, signal);
}

function isRefusal(thrown: unknown): thrown is XFailure {
  return thrown instanceof XFailure && thrown.status === 400;
}

/** A search that X does not understand is told and passed over; the other streams go on. */
function refusedStep(thrown: unknown, key: string, stream: Stream): Step {
  if (key === MENTIONS || !isRefusal(thrown)) throw thrown;
  const tooOld = thrown.parameters.some((name) => /^(?:since_id|start_time)$/.test(name));
  const refused = tooOld ? `${thrown.message} Check the clock of this machine.` : thrown.message;
  const { run: _, ...rest } = stream;
  return { found: [], skipped: [], stream: rest, more: false, notices: [refused], refused };
}

/** An answer of errors alone must not look like "no news". */
function assertNews({ data, errors }: PageOfPosts, key: string): void {
  const [problem] = errors;
  if (data.length > 0 || !problem) return;
  const said = problem.detail ?? problem.title ?? 'an error';
  const rights = /not-authorized|forbidden|disallowed|unsupported-authentication/i.test(problem.type ?? '');
  throw new ConnectorError(rights ? 'unauthorized' : 'unavailable', `Reading ${key}: X gave no posts, but "${said}".`);
}

/** The posts as mentions. Whoever wishes to be left alone is, from the page on which they say so. */
async function mentionsIn(client: XClient, posts: Post[], page: PageOfPosts, us: Me): Promise<FoundMention[]> {
  const found = posts.map((post) => mentionOf(post, page, us));
  const wishes = posts.flatMap((post, at) => {
    const wish = wishIn(post.note_tweet?.text ?? post.text);
    return wish && post.author_id && found[at]?.permission.how === 'api'
      ? [{ author: post.author_id, post: post.id, wish }]
      : [];
  });
  const silent = await client.optOuts.take(wishes);
  return found.map((mention) => (silent.has(mention.author.id) ? { ...mention, permission: OPTED_OUT } : mention));
}

function readPosts(page: PageOfPosts): Pick<Step, 'skipped'> & { posts: Post[]; ids: string[] } {
  const posts: Post[] = [];
  const skipped: SkippedItem[] = [];
  const ids: string[] = [];
  for (const item of page.data) {
    const read = postOf(item);
    const id = 'post' in read ? read.post.id : read.id;
    if (id) ids.push(id);
    if (!('post' in read)) skipped.push({ reason: read.reason, ...(read.id && { nativeId: read.id }) });
    else if (!read.post.author_id) skipped.push({ nativeId: read.post.id, reason: 'X did not say who wrote it.' });
    else if (!isNothingNew(read.post)) posts.push(read.post);
  }
  return { posts, skipped, ids };
}

/** X bills a post once in a UTC day: what the overlap reads again is free until midnight. */
function priceOf(
  { options, now }: XClient,
  page: PageOfPosts,
  ids: string[],
  { top, readAt }: Stream,
  isSearch: boolean,
): number {
  const { prices } = options;
  const paidToday = readAt !== undefined && Math.floor(readAt / DAY_MS) === Math.floor(now() / DAY_MS);
  const fresh = paidToday ? ids.filter((id) => isNewer(id, top)).length : ids.length;
  const share = ids.length === 0 ? 0 : fresh / ids.length;
  const along = page.users.length * prices.user + page.quoted.length * prices.post;
  return fresh * (isSearch ? prices.post : prices.ownedRead) + share * along;
}

/** Seen is what every stream saw, and holes cut it: one stream's reading does not mend another's. */
function coverageOf({ holes }: Round, keys: string[], streams: Cursor['streams']): CoverageSpan[] {
  const spans: CoverageSpan[] = holes.map((hole) => ({ kind: 'hole', ...hole }));
  const seen = keys.flatMap((key) => streams[key]?.seen ?? []);
  if (seen.length < keys.length) return spans;
  const from = Math.max(...seen.map((span) => span.from), ...holes.map((hole) => hole.to));
  const to = Math.min(...seen.map((span) => span.to));
  return from < to ? [...spans, { kind: 'seen', from, to }] : spans;
}

function told(streams: Cursor['streams']): Cursor['streams'] {
  return Object.fromEntries(Object.entries(streams).map(([key, { seen: _, ...rest }]) => [key, rest]));
}

/**
 * What X no longer shows, to us or to anybody, has to go here too (within 24 hours, says its policy). X names such posts
 * one by one; silence about a post is not taken for that. Only where the options ask for it: looking costs money that
 * listening may need.
 */
export async function recheck(client: XClient, nativeIds: string[], signal: AbortSignal): Promise<Recheck[]> {
  if (!client.options.followDeletions) return [];
  const us = await client.me(signal);
  const { prices } = client.options;
  const answers: Recheck[] = [];
  for (let at = 0; at < nativeIds.length; at += AT_ONCE) {
    const ids = nativeIds.slice(at, at + AT_ONCE);
    await client.spend.affordable(prices.post + prices.user, ids.length, ids.length);
    const page = await client.posts(ids, signal);
    await client.spend.add(page.data.length * prices.post + page.users.length * prices.user);

    const gone = new Set(page.errors.flatMap(({ resource_id, value }) => [resource_id, value]));
    const edited = page.data.flatMap((item) => {
      const read = postOf(item);
      if (!('post' in read) || !read.post.author_id || isNothingNew(read.post)) return [];
      const mention = mentionOf(read.post, page, us);
      return mention.editedAt === undefined ? [] : [mention];
    });
    for (const nativeId of ids) {
      const found = edited.find((mention) => mention.nativeId === nativeId);
      if (found) answers.push({ nativeId, now: 'edited', found });
      else answers.push({ nativeId, now: gone.has(nativeId) ? 'gone' : 'same' });
    }
  }
  return answers;
}

/** The newest half minute is not yet in the search (docs.x.com, search/integrate/paginate). */
const LAG_MS = 30_000;
/** How far a search reaches back. */
const WINDOW_MS = 7 * DAY_MS;
/** A request has to arrive in time, and so have those for the next pages. */
const ON_THE_WAY_MS = 5_000;
const MARGIN_MS = 60_000;
/** Only the 800 newest mentions can be read; what lies behind is answered with an empty page. Deleted ones are missing. */
const CAP = 800 - 50;

type Hole = { from: Instant; to: Instant; cause: string };

/** Starts where the last walk ended, less the overlap: X lists some posts late. */
function begin(stream: Stream, since: Instant, overlapMs: number, now: Instant): Run {
  const { top } = stream;
  if (top === undefined) return { floor: { at: since }, count: 0, startedAt: now };
  const at = timeOf(top) - overlapMs;
  const id = idAt(at);
  // An id that is not made of a time cannot be set back.
  const floor = { at, id: id === '0' ? top : id };
  return { floor, count: 0, startedAt: now };
}

/**
 * A search does not reach back to the floor any more: X would refuse the request. It goes as far as it can, and what was
 * not read before is a hole.
 */
function within7Days(run: Run, stream: Stream, now: Instant): { run: Run; hole?: Hole } {
  if (run.floor.at >= now - WINDOW_MS + ON_THE_WAY_MS) return { run };
  const reach = now - WINDOW_MS + MARGIN_MS;
  const { token: _, ...rest } = run;
  const from = Math.max(run.floor.at, (stream.readAt ?? 0) - LAG_MS);
  const cause = 'The search of X reaches back seven days only, and Earshot had not read for longer.';
  return {
    run: { ...rest, floor: { at: reach } },
    ...(stream.readAt !== undefined && from < reach && { hole: { from, to: reach, cause } }),
  };
}

/** Ids or times in one request, never both: X refuses the mixture. */
function queryFor({ floor, token, bottom }: Run): Record<string, string> {
  if (floor.id !== undefined) {
    return { since_id: floor.id, ...(token === undefined && bottom !== undefined && { until_id: bottom }) };
  }
  const end = bottom !== undefined && token === undefined ? timeOf(bottom) + 1000 : undefined;
  return {
    ...(floor.at > FIRST_DAY && { start_time: atSecond(floor.at) }),
    ...(end !== undefined && end > Math.max(floor.at, FIRST_DAY) + 1000 && { end_time: atSecond(end) }),
  };
}

/** The walk after a page: newest first, so that the first page knows the top. */
function goOn(run: Run, ids: readonly string[], token: string | undefined): Run {
  const { token: _, ...rest } = run;
  const newest = ids.reduce<string | undefined>((top, id) => (isNewer(id, top) ? id : top), undefined);
  const oldest = ids.reduce((bottom, id) => (bottom === undefined || isNewer(bottom, id) ? id : bottom), run.bottom);
  const top = run.count === 0 ? newest : run.top;
  return {
    ...rest,
    ...(top !== undefined && { top }),
    ...(oldest !== undefined && { bottom: oldest }),
    ...(token !== undefined && { token }),
    count: run.count + ids.length,
  };
}

/** The stream after a walk has ended, with what it saw and what it could not. */
function ended(run: Run, stream: Stream, capped: boolean): { stream: Stream; hole?: Hole } {
  const { bottom } = run;
  const top = run.top !== undefined && isNewer(run.top, stream.top) ? run.top : stream.top;
  const reached = bottom !== undefined && stream.top !== undefined && !isNewer(bottom, stream.top);
  const cut = capped && run.count >= CAP && !reached && bottom !== undefined;
  const from = cut ? timeOf(bottom) : run.floor.at;
  const to = Math.max(run.startedAt - LAG_MS, top === undefined ? 0 : timeOf(top));
  const next: Stream = {
    readAt: run.startedAt,
    ...(top !== undefined && { top }),
    seen: joined(stream.seen, { from, to }),
  };
  if (!cut) return { stream: next };
  const cause = 'X gives out the 800 newest mentions only, and more had come in since the last reading.';
  return { stream: next, hole: { from: run.floor.at, to: from, cause } };
}

function isNewer(id: string, than: string | undefined): boolean {
  return than === undefined || isLater(id, than);
}

function joined(older: Span | undefined, newer: Span): Span {
  return older && newer.from <= older.to ? { from: Math.min(older.from, newer.from), to: newer.to } : newer;
}

function atSecond(time: Instant): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
