import {
  ConnectorError,
  type CoverageSpan,
  type FoundMention,
  type Instant,
  type Page,
  type Recheck,
  type SkippedItem,
  wishIn,
} from '#kit';
import type { XClient } from './client.ts';
import { XFailure } from './failures.ts';
import { type Cursor, LEAST, type Round, type Run, type Stream } from './options.ts';
import { OPTED_OUT } from './permission.ts';
import { isNothingNew, type Me, mentionOf, type PageOfPosts, type Post, postOf } from './schema.ts';
import { begin, ended, goOn, isNewer, queryFor, within7Days } from './walk.ts';

const MENTIONS = 'mentions';
/** A round that stood still for longer starts again, so that a search that fails does not keep the mentions waiting. */
const BROKEN_OFF_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

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

const AT_ONCE = 100;

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
