import { type Instant, isLater } from '#kit';
import type { Run, Span, Stream } from './options.ts';
import { idAt, timeOf } from './schema.ts';

/** The newest half minute is not yet in the search (docs.x.com, search/integrate/paginate). */
const LAG_MS = 30_000;
/** How far a search reaches back. */
const WINDOW_MS = 7 * 86_400_000;
/** A request has to arrive in time, and so have those for the next pages. */
const ON_THE_WAY_MS = 5_000;
const MARGIN_MS = 60_000;
/** Only the 800 newest mentions can be read; what lies behind is answered with an empty page. Deleted ones are missing. */
const CAP = 800 - 50;
/** There were no mentions before; X refuses to look. */
const FIRST_DAY = Date.UTC(2010, 10, 7);

type Hole = { from: Instant; to: Instant; cause: string };

/** Starts where the last walk ended, less the overlap: X lists some posts late. */
export function begin(stream: Stream, since: Instant, overlapMs: number, now: Instant): Run {
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
export function within7Days(run: Run, stream: Stream, now: Instant): { run: Run; hole?: Hole } {
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
export function queryFor({ floor, token, bottom }: Run): Record<string, string> {
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
export function goOn(run: Run, ids: readonly string[], token: string | undefined): Run {
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
export function ended(run: Run, stream: Stream, capped: boolean): { stream: Stream; hole?: Hole } {
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

export function isNewer(id: string, than: string | undefined): boolean {
  return than === undefined || isLater(id, than);
}

function joined(older: Span | undefined, newer: Span): Span {
  return older && newer.from <= older.to ? { from: Math.min(older.from, newer.from), to: newer.to } : newer;
}

function atSecond(time: Instant): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
