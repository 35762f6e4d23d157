import { asFailure, ConnectorError, type FailureKind, type Instant, type Page } from '#kit';
import type { FeedClient } from './client.ts';
import { type Cursor, FeedState, type Round } from './options.ts';
import { type FeedReading, readOnce } from './reading.ts';

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
