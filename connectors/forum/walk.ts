import { type CoverageSpan, type From, holdsOneOf, type Page, type SkippedItem } from '#kit';
import type { ForumClient } from './client.ts';
import type { Cursor, Place } from './options.ts';
import type { Item, Site, SitePage } from './site.ts';

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
