import {
  type CoverageSpan,
  type FoundMention,
  type From,
  type Instant,
  isLater,
  later,
  type Page,
  type SkippedItem,
} from '#kit';
import type { DiscordClient } from './client.ts';
import { isGone, isOutOfReach } from './failures.ts';
import { type Reading, readMessage } from './messages.ts';
import type { Cursor } from './options.ts';
import type { Place } from './places.ts';
import { instantOf, MessageId, snowflakeAt } from './schema.ts';
import { close, namesOf, positionOf, type Survey, survey } from './survey.ts';

/** Discord may show a message a moment after a younger one, so each place is read from a little before where it stopped. */
const OVERLAP_MS = 5_000;
/** How far the common floor stays behind the newest message that was seen anywhere. */
const MARGIN_MS = 60_000;
const PAGE_SIZE = 100;

/** One way through all places with news. Only a plan: what was read stands in the cursor alone. */
export interface Round extends Survey {
  /** When the survey began. */
  startedAt: Instant;
  /** The live session that was under way then. */
  session: number;
  /** Where reading began, for the coverage. */
  from: Instant;
  /** Where the first place of `todo` is read on from, once a page of it was read. */
  after?: string;
  /** The cursor that belongs to what is left to do. Another one means that our last page was not kept. */
  next: string;
}

/** The next page of messages, place by place, oldest first. The last page of a round has none, and says what was covered. */
export async function nextPage(client: DiscordClient, from: From<Cursor>, signal: AbortSignal): Promise<Page<Cursor>> {
  signal.throwIfAborted();
  const page: Page<Cursor> & { skipped: SkippedItem[]; coverage: CoverageSpan[] } = {
    found: [],
    skipped: [],
    coverage: [],
    cursor:
      'cursor' in from ? structuredClone(from.cursor) : { floor: snowflakeAt(from.since), places: {}, behind: {} },
    more: true,
  };
  if (client.round?.next !== JSON.stringify(page.cursor)) client.round = undefined;
  try {
    for (;;) {
      client.round ??= await begin(client, page.cursor, signal);
      const round = client.round;
      if (round.todo.length === 0) {
        end(round, page);
        client.round = undefined;
        // What was said between the survey and the session came neither live nor with this round.
        if (round.session !== client.sessions) continue;
        return { ...page, more: false };
      }
      const moved = await readOn(client, round, page, signal);
      round.next = JSON.stringify(page.cursor);
      if (moved && page.found.length + page.skipped.length > 0) return page;
    }
  } catch (thrown) {
    setBack(client.round);
    throw thrown;
  }
}

/** The place that failed goes to the end, so that it does not stand in the way of the others. */
function setBack(round: Round | undefined): void {
  if (!round) return;
  delete round.after;
  const first = round.todo.shift();
  if (first) round.todo.push(first);
}

async function begin(client: DiscordClient, cursor: Cursor, signal: AbortSignal): Promise<Round> {
  const session = client.sessions;
  const startedAt = client.survey.begin(client.now(), session);
  const seen = await survey(client, cursor, signal);
  client.survey.clear();
  const readable = [...seen.open, ...seen.todo.map(({ place }) => place.id)];
  const starts = [cursor.floor, ...readable.flatMap((id) => cursor.behind[id] ?? [])].map(instantOf);
  return { ...seen, startedAt, session, from: Math.min(...starts), next: JSON.stringify(cursor) };
}

/** One request. False when the cursor stands where it stood, since only known messages came. */
async function readOn(
  client: DiscordClient,
  round: Round,
  page: Page<Cursor> & { skipped: SkippedItem[] },
  signal: AbortSignal,
): Promise<boolean> {
  const [first] = round.todo;
  if (!first) return false;
  const { place, newest } = first;
  const position = positionOf(page.cursor, place);
  const after = round.after ?? before(position, OVERLAP_MS);
  const messages = await client.messages(place.id, after, signal).catch((thrown: unknown) => {
    if (!isOutOfReach(thrown)) throw thrown;
    leaveOut(client, round, place, isGone(thrown));
    return undefined;
  });
  if (!messages) return false;
  const ids = messages.flatMap((raw) => MessageId.safeParse(raw).data?.id ?? []);
  const last = ids.reduce(later, after);
  const complete = messages.length < PAGE_SIZE || !isLater(last, after) || !isLater(newest, last);
  // The newest message may be deleted by now: then there is nothing up to there.
  const reached = [last, ...(complete ? [newest] : [])].reduce(later, position);
  page.cursor.places[place.id] = reached;
  if (complete) {
    round.todo.shift();
    delete round.after;
    if (place.thread) delete page.cursor.behind[place.id];
  } else round.after = last;
  round.top = later(round.top, last);
  sort(messages, readingOf(client, place, (await client.me(signal)).id), page);
  return isLater(reached, position);
}

/** Deleted, or closed to us, between the survey and now. */
function leaveOut(client: DiscordClient, round: Round, place: Place, gone: boolean): void {
  round.todo.shift();
  delete round.after;
  if (!gone) close(round, place);
  client.log.info('place left out', { place: place.id, gone });
}

function sort(
  messages: readonly unknown[],
  reading: Reading,
  page: { found: FoundMention[]; skipped: SkippedItem[] },
): void {
  for (const raw of messages) {
    const read = readMessage(raw, reading);
    if (read === 'not for us') continue;
    if ('found' in read) page.found.push(read.found);
    else page.skipped.push({ reason: read.reason, ...(read.id && { nativeId: read.id }) });
  }
}

export function readingOf(client: DiscordClient, place: Place | undefined, me: string): Reading {
  return { options: client.options, me, place, nameOf: (id) => client.places.get(id)?.name };
}

/** Every place is read up to the newest message that the survey saw, so one floor can stand for most of them. */
function end(round: Round, page: Page<Cursor> & { coverage: CoverageSpan[] }): void {
  const { cursor } = page;
  for (const { id } of round.closed) cursor.behind[id] ??= cursor.places[id] ?? cursor.floor;
  for (const id of round.open) delete cursor.behind[id];
  cursor.floor = later(cursor.floor, before(round.top, MARGIN_MS));
  for (const [id, position] of Object.entries(cursor.places)) {
    if (!isLater(position, cursor.floor)) delete cursor.places[id];
  }
  const to = Math.max(round.startedAt, round.from + 1);
  if (round.closed.length === 0) {
    page.coverage.push({ kind: 'seen', from: round.from, to });
    return;
  }
  const names = namesOf(round.closed);
  page.coverage.push({
    kind: 'hole',
    from: round.from,
    to,
    cause: `The bot may not read what was said before in ${names}.`,
  });
  page.notices = [
    `What is said in ${names} can be missed: give the bot the rights View Channel and Read Message History there.`,
  ];
}

/** The id of a moment some milliseconds before this one. */
function before(id: string, ms: number): string {
  return snowflakeAt(instantOf(id) - ms);
}
