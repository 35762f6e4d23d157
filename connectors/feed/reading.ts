import type { CoverageSpan, FoundMention, Instant, SkippedItem } from '#kit';
import type { Answer, FeedClient } from './client.ts';
import { hash, toMention, wantedBy } from './mentions.ts';
import type { FeedState, Options } from './options.ts';
import { understand } from './schema.ts';

/** What one reading of one feed brings: part of a page, and what to remember of the feed. */
export interface FeedReading {
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
export async function readOnce(
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
