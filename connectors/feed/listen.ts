/** Hearing feeds: one after the other in rounds, and what that saw and missed. */
import {
  asFailure,
  ConnectorError,
  type CoverageSpan,
  type FailureKind,
  type FoundMention,
  type Instant,
  type Page,
  type SkippedItem,
} from '#kit';
import type { Answer, FeedClient } from './client.ts';
import { hash, toMention, understand, wantedBy } from './messages.ts';
import { type Cursor, FeedState, type Options, type Round } from './settings.ts';

/** A round that stood still for longer than this starts again, so that its first feeds do not wait for its last. */
const BROKEN_OFF_MS = 5 * 60_000;

/**
 * Reads the next feed of the round as one page, so that each feed is saved on its own and a broken one stops none.
 *
 * @throws ConnectorError when every feed of the round failed: of their kind if they agree, else `unavailable`.
 */
export async function nextPage(client: FeedClient, cursor: Cursor, signal: AbortSignal): Promise<Page<Cursor>> {
  const urls = addressesOf(client);
  const feeds = Object.fromEntries(Object.entries(cursor.feeds).filter(([url]) => urls.includes(url)));
  const round = goOn(cursor.round, urls, feeds, client.now());
  const [url, ...left] = round.left;
  if (url === undefined) {
    throw new ConnectorError('rejected', 'All feeds of this source are gone for good. Replace their addresses.');
  }

  const before = feeds[url] ?? FeedState.parse({});
  const reading = await tryReading(client, url, before, cursor.since, signal);
  const answered = round.answered + (reading.failure ? 0 : 1);
  const failures = reading.failure ? [...round.failures, asData(reading.failure)] : round.failures;
  if (left.length === 0 && answered === 0) throw togetherAs(failures, reading.failure);

  const { found, skipped, notices, coverage, state } = reading;
  return {
    found,
    skipped,
    notices,
    coverage,
    more: left.length > 0,
    cursor: {
      since: cursor.since,
      feeds: { ...feeds, [url]: state },
      ...(left.length > 0 && { round: { left, answered, failures, at: client.now() } }),
    },
  };
}

/** What is at each address, in words, for someone who sets a source up. Throws when nothing is at any. */
export async function lookAtAll(client: FeedClient, signal: AbortSignal): Promise<string> {
  const lines: string[] = [];
  const failures: Round['failures'] = [];
  for (const url of addressesOf(client)) {
    const reading = await tryReading(client, url, FeedState.parse({}), 0, signal);
    if (reading.failure) failures.push(asData(reading.failure));
    lines.push(reading.failure?.message ?? describeReading(url, reading));
  }
  if (failures.length === lines.length) throw togetherAs(failures);
  return lines.join('\n');
}

function describeReading(url: string, { found, state }: FeedReading): string {
  if (state.gone) return `${url}: gone for good.`;
  const place = found[0]?.place;
  return `${url}: ${found.length} items${place ? ` in "${place}"` : ''}.`;
}

function addressesOf(client: FeedClient): string[] {
  return [...new Set(client.options.urls.map((url) => new URL(url).href))];
}

function goOn(round: Round | undefined, urls: string[], feeds: Cursor['feeds'], now: Instant): Round {
  const left = round?.left.filter((url) => urls.includes(url)) ?? [];
  if (round && left.length > 0 && Math.abs(now - round.at) < BROKEN_OFF_MS) return { ...round, left };
  return { left: urls.filter((url) => !feeds[url]?.gone), answered: 0, failures: [], at: now };
}

async function tryReading(
  client: FeedClient,
  url: string,
  before: FeedState,
  since: Instant,
  signal: AbortSignal,
): Promise<FeedReading & { failure?: ConnectorError }> {
  try {
    return await readOnce(client, url, before, since, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = namingFeed(asFailure(thrown), url);
    const from = before.readAt ?? since;
    const now = client.now();
    const cause = failure.message;
    return {
      failure,
      found: [],
      skipped: [],
      notices: [cause],
      coverage: from < now ? [{ kind: 'hole', from, to: now, cause }] : [],
      state: stateAfter(failure, before),
    };
  }
}

/** A reset connection knows only its host; whoever reads about it has many feeds. */
function namingFeed(failure: ConnectorError, url: string): ConnectorError {
  if (failure.message.includes(url)) return failure;
  const { kind, message, until, blocked, raw } = failure;
  return new ConnectorError(kind, `${url} could not be read: ${message}`, {
    blocked,
    cause: failure,
    ...(until !== undefined && { until }),
    ...(raw !== undefined && { raw }),
  });
}

/** An address that a redirect gave us and that stopped working is given up for the one in the options. */
function stateAfter(failure: ConnectorError, before: FeedState): FeedState {
  if (failure.kind !== 'rejected' && failure.kind !== 'bad-shape') return before;
  const { movedTo: _, ...rest } = before;
  return rest;
}

function asData({ kind, message, until, blocked }: ConnectorError): Round['failures'][number] {
  return { kind, message: message.slice(0, 500), blocked, ...(until !== undefined && { until }) };
}

function togetherAs(failures: Round['failures'], last?: ConnectorError): ConnectorError {
  const [first] = failures;
  if (failures.length === 1 && last) return last;
  const agree = failures.every(({ kind }) => kind === first?.kind);
  const untils = failures.flatMap(({ until }) => until ?? []);
  return new ConnectorError(
    agree && first ? (first.kind as FailureKind) : 'unavailable',
    `No feed of this source could be read.\n${failures.map(({ message }) => message).join('\n')}`,
    {
      blocked: failures.every(({ blocked }) => blocked === true),
      ...(untils.length > 0 && { until: Math.min(...untils) }),
    },
  );
}

/** What one reading of one feed brings: part of a page, and what to remember of the feed. */
interface FeedReading {
  state: FeedState;
  found: FoundMention[];
  skipped: SkippedItem[];
  notices: string[];
  coverage: CoverageSpan[];
}

/** Goes up when items are read in another way, so that unchanged feeds are read once more. */
const PARSER = 1;
const REMEMBERED = 200;

/** Reads one feed and says what was seen of it. `since` bounds the first reading. Throws as `FeedClient.fetch` does. */
async function readOnce(
  client: FeedClient,
  url: string,
  before: FeedState,
  since: Instant,
  signal: AbortSignal,
): Promise<FeedReading> {
  const filter = filterOf(client.options);
  const { etag: _etag, lastModified: _lastModified, ...unconditional } = before;
  const answer = await client.fetch(url, before.filter === filter ? before : unconditional, signal);
  const now = client.now();
  const nothing = { found: [], skipped: [], notices: [], coverage: [] };
  switch (answer.kind) {
    case 'gone':
      return {
        ...nothing,
        state: { ...before, gone: true },
        notices: [`${url} is gone for good (410). It is not read any more; take it out.`],
      };
    case 'unchanged':
      return { ...nothing, state: { ...before, readAt: now }, coverage: span('seen', before.readAt ?? now, now) };
    case 'document':
      return fromDocument(answer, { url, before, since, now, options: client.options });
  }
}

interface Context {
  url: string;
  before: FeedState;
  since: Instant;
  now: Instant;
  options: Options;
}

function fromDocument(answer: Answer & { kind: 'document' }, context: Context): FeedReading {
  const { url, before, since, now, options } = context;
  const { mentions, skipped } = mentionsOf(answer, url, now);
  const isFirst = before.readAt === undefined;
  const isWanted = wantedBy(options);
  const found = mentions.filter((mention) => isWanted(mention) && !(isFirst && timeOf(mention, now) < since));

  const hashes = mentions.map(({ nativeId }) => hash(nativeId));
  const moved = answer.movedTo !== undefined && answer.movedTo !== before.movedTo;
  const { whole } = answer.reading;
  const movedTo = answer.movedTo ?? before.movedTo;
  return {
    found,
    skipped,
    notices: [
      ...(moved
        ? [`${url} has moved to ${answer.movedTo}. It is read there from now on; change the address when you can.`]
        : []),
      ...(whole
        ? []
        : [`${url} sent broken XML. ${mentions.length} whole items were read, ${skipped.length} were not.`]),
    ],
    coverage: coverageOf(mentions, hashes, whole, context),
    state: {
      seen: remember(hashes, before.seen),
      readAt: now,
      filter: filterOf(options),
      ...(movedTo && { movedTo }),
      // A document that broke off must be asked for again, so its validators are not kept.
      ...(whole && answer.etag && { etag: answer.etag }),
      ...(whole && answer.lastModified && { lastModified: answer.lastModified }),
    },
  };
}

function mentionsOf({ reading, address }: Answer & { kind: 'document' }, url: string, now: Instant) {
  const mentions = new Map<string, FoundMention>();
  const skipped: SkippedItem[] = reading.torn.map((reason) => ({ reason: `${url}: ${reason}` }));
  for (const feed of reading.feeds) {
    const { title, items } = understand(feed, address);
    for (const item of items) {
      const mention = toMention(item, { url, title, now });
      if ('reason' in mention) skipped.push({ reason: `${url}: ${mention.reason}` });
      else if (!mentions.has(mention.nativeId)) mentions.set(mention.nativeId, mention);
    }
  }
  return { mentions: [...mentions.values()], skipped };
}

/** What was seen for certain. A feed shows a window only: when none of its items is known, others may have gone by. */
function coverageOf(mentions: FoundMention[], hashes: string[], whole: boolean, { url, before, since, now }: Context) {
  const oldest = Math.min(now, ...mentions.map((mention) => timeOf(mention, now)));
  const last = before.readAt;
  if (!whole) return span('hole', last ?? since, now, `${url} sent broken XML; what it cut off was not seen.`);
  const known = new Set(before.seen);
  if (last !== undefined && known.size > 0 && hashes.length > 0 && !hashes.some((item) => known.has(item))) {
    const seenFrom = Math.max(oldest, last);
    const cause = `${url} holds ${hashes.length} items and none of them was known: others may have come and gone in between.`;
    return [...span('hole', last, seenFrom > last ? seenFrom : now, cause), ...span('seen', seenFrom, now)];
  }
  return span('seen', last ?? oldest, now);
}

function span(kind: CoverageSpan['kind'], from: Instant, to: Instant, cause?: string): CoverageSpan[] {
  return from < to ? [{ kind, from, to, ...(cause && { cause }) }] : [];
}

function timeOf({ saidAt, editedAt }: FoundMention, now: Instant): Instant {
  return editedAt ?? saidAt ?? now;
}

/** The ends of a long window are enough to recognise it by, whichever way it is sorted. */
function remember(hashes: string[], before: string[]): string[] {
  const half = REMEMBERED / 2;
  const window = hashes.length > REMEMBERED ? [...hashes.slice(0, half), ...hashes.slice(-half)] : hashes;
  return [...new Set([...window, ...before])].slice(0, REMEMBERED);
}

function filterOf({ keywords, ourNames }: Options): string {
  return hash(JSON.stringify([PARSER, keywords, ourNames]));
}
