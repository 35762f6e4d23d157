import {
  asFailure,
  ConnectorError,
  type CoverageSpan,
  type FailureKind,
  type From,
  type Instant,
  type Page,
} from '#kit';
import { limitsOf } from './access.ts';
import type { RedditApi } from './api.ts';
import { Closed } from './failures.ts';
import { type ListingSpec, listingsOf } from './listings.ts';
import type { Cursor, Round } from './options.ts';
import { type Step, step } from './walk.ts';

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
  const place = cursor.places[spec.key];
  const taken = await tryStep(api, spec, cursor, signal);

  const failures = 'failure' in taken ? [...round.failures, asData(taken.failure)] : round.failures;
  const over = 'failure' in taken || taken.done;
  const answered = round.answered + ('failure' in taken || !taken.done ? 0 : 1);
  const left = over ? round.left.slice(1) : round.left;
  if (left.length === 0 && answered === 0) throw togetherAs(failures, 'failure' in taken ? taken.failure : undefined);

  const keys = new Set(specs.map(({ key }) => key));
  const places = Object.fromEntries(
    Object.entries({ ...cursor.places, ...('failure' in taken ? {} : { [spec.key]: taken.place }) }).filter(([key]) =>
      keys.has(key),
    ),
  );
  const hole = 'failure' in taken ? undefined : taken.hole;
  const holes = hole ? [...cursor.holes, hole].slice(-MOST_HOLES) : cursor.holes;
  const next: Cursor = { since: cursor.since, seenTo: cursor.seenTo, places, holes };
  const end = left.length === 0 ? endOfRound(next, specs, api.now()) : { next, coverage: [] };
  return {
    found: 'failure' in taken ? [] : taken.found,
    skipped: 'failure' in taken ? [] : taken.skipped,
    notices: ['failure' in taken ? taken.failure.message : (hole?.cause ?? []), noticeOf(api, left)].flat(),
    coverage: [
      ...('failure' in taken ? span(place?.readAt ?? cursor.since, api.now(), taken.failure.message) : []),
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
): Promise<Step | { failure: ConnectorError }> {
  try {
    return await step(api, spec, places[spec.key], since, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = asFailure(thrown);
    const aboutAll = failure.kind === 'rate-limited' || failure.kind === 'unauthorized';
    if (aboutAll && !(failure instanceof Closed)) throw failure;
    return { failure };
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
