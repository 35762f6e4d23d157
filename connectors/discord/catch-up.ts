/** Reading what was said while nobody listened: which places hold news, and their messages page by page. */
import {
  ConnectorError,
  type CoverageSpan,
  type From,
  type Instant,
  isLater,
  later,
  type Page,
  parseDate,
  Remembered,
  type SkippedItem,
  type z,
} from '#kit';
import {
  holdsMessages,
  holdsThreads,
  isChosen,
  isGone,
  isOutOfReach,
  isThread,
  namesOf,
  type Place,
  placeOf,
  rightsIn,
  standingIn,
} from './access.ts';
import type { DiscordClient } from './client.ts';
import type { Cursor } from './index.ts';
import { type Channel, type Guild, instantOf, MessageId, readingOf, snowflakeAt, sort } from './messages.ts';

/** Clocks differ a little, and a thread may be archived while we look. */
const MARGIN_MS = 60_000;

/** A place with something new in it. */
interface ToRead {
  place: Place;
  /** The newest message that Discord names. It may have been deleted since. */
  newest: string;
}

/** What there is to read, and what may not be read. */
interface Survey {
  todo: ToRead[];
  /** Channels that may be read now. */
  open: string[];
  /** Channels whose history is closed to us. */
  closed: Place[];
  /** The newest message anywhere. */
  top: string;
}

/**
 * Looks which channels, active threads and archived threads hold messages that are newer than the cursor: a few requests
 * for each server and one for each channel that can have threads, whatever the number of threads and messages.
 *
 * @throws ConnectorError `unauthorized` when there is no server or no channel that the bot may read
 */
export async function survey(client: DiscordClient, cursor: Cursor, signal: AbortSignal): Promise<Survey> {
  const found: Survey = { todo: [], open: [], closed: [], top: cursor.floor };
  const me = await client.me(signal);
  const guilds = await guildsOf(client, signal);
  if (guilds.length === 0) throw new ConnectorError('unauthorized', NO_SERVER);
  for (const guild of guilds) await surveyGuild(client, cursor, me.id, guild, found, signal);
  if (found.open.length === 0) throw new ConnectorError('unauthorized', noChannel(found.closed));
  return found;
}

const NO_SERVER =
  'The bot is in none of the servers it is to hear. Invite it (developer portal, OAuth2, URL Generator, scope "bot"), then try again.';

function noChannel(closed: readonly Place[]): string {
  const where = closed.length > 0 ? ` in ${namesOf(closed)}` : '';
  return `The bot may read no channel. Give it the rights View Channel and Read Message History${where}, then try again.`;
}

async function guildsOf(client: DiscordClient, signal: AbortSignal) {
  const all: z.output<typeof Guild>[] = [];
  for (let after = '0'; ; ) {
    const page = await client.survey.once(`guilds ${after}`, () => client.guilds(after, signal));
    all.push(...page);
    after = page.reduce((last, { id }) => later(last, id), after);
    if (page.length < 200) break;
  }
  const { servers } = client.options;
  return servers.length === 0 ? all : all.filter(({ id }) => servers.includes(id));
}

async function surveyGuild(
  client: DiscordClient,
  cursor: Cursor,
  me: string,
  guild: z.output<typeof Guild>,
  found: Survey,
  signal: AbortSignal,
): Promise<void> {
  const { options, places } = client;
  const standing = await standingIn(client, me, guild, signal);
  const channels = await client.survey.once(`channels ${guild.id}`, () => client.channels(guild.id, signal));
  for (const channel of channels) {
    places.set(channel.id, placeOf(channel, guild.id, rightsIn(standing, channel.permission_overwrites)));
  }
  const rooms = channels.flatMap((channel) => {
    const place = places.get(channel.id);
    const relevant = place && (holdsMessages(channel) || holdsThreads(channel)) && isChosen(place, options, places);
    return relevant ? [{ channel, place }] : [];
  });
  for (const { channel, place } of rooms) {
    if (place.rights.history) {
      found.open.push(place.id);
      if (holdsMessages(channel)) note(cursor, channel, place, found);
      // A channel that the bot does not even see was not given to it to hear, unless the operator names it.
    } else if (place.rights.view || options.channels.includes(place.id)) found.closed.push(place);
  }
  const open = new Set(found.open);
  const active = await client.survey.once(`threads ${guild.id}`, () => client.activeThreads(guild.id, signal));
  for (const thread of active.threads) {
    noteThread(client, cursor, thread, guild.id, open, found);
  }
  for (const { channel, place } of rooms) {
    if (!holdsThreads(channel) || !open.has(place.id)) continue;
    try {
      const since = instantOf(cursor.behind[place.id] ?? cursor.floor) - MARGIN_MS;
      for (const thread of await archivedSince(client, place.id, since, signal)) {
        noteThread(client, cursor, thread, guild.id, open, found);
      }
    } catch (thrown) {
      if (!isOutOfReach(thrown)) throw thrown;
      close(found, place);
    }
  }
}

/** A channel that turned out not to be readable after all. */
function close(found: Pick<Survey, 'open' | 'closed'>, place: Place): void {
  found.open = found.open.filter((id) => id !== place.id);
  if (!found.closed.some(({ id }) => id === place.id)) found.closed.push(place);
}

/** A thread that was archived earlier has had no message since. */
async function archivedSince(
  client: DiscordClient,
  channel: string,
  since: Instant,
  signal: AbortSignal,
): Promise<Channel[]> {
  const found: Channel[] = [];
  for (let before: Instant | undefined; ; ) {
    const { threads, has_more: more } = await client.survey.once(`archived ${channel} ${before}`, () =>
      client.archivedThreads(channel, before, signal),
    );
    found.push(...threads);
    const times = threads.map(({ thread_metadata: data }) => parseDate(data?.archive_timestamp ?? '') ?? 0);
    const oldest = Math.min(...times);
    if (!more || threads.length === 0 || oldest < since || (before !== undefined && oldest >= before)) return found;
    before = oldest;
  }
}

function noteThread(
  client: DiscordClient,
  cursor: Cursor,
  thread: Channel,
  guild: string,
  open: ReadonlySet<string>,
  found: Survey,
): void {
  const parent = client.places.get(thread.parent_id ?? '');
  if (!parent || !isThread(thread) || !open.has(parent.id)) return;
  const place = placeOf(thread, guild, parent.rights, parent);
  client.places.set(thread.id, place);
  if (isChosen(place, client.options, client.places)) note(cursor, thread, place, found);
}

function note(cursor: Cursor, channel: Channel, place: Place, found: Survey): void {
  const newest = channel.last_message_id;
  if (!newest) return;
  found.top = later(found.top, newest);
  if (found.todo.some((one) => one.place.id === place.id)) return;
  if (isLater(newest, positionOf(cursor, place))) found.todo.push({ place, newest });
}

/** Up to which message a place is read. */
function positionOf(cursor: Cursor, { id, parent, thread }: Place): string {
  return cursor.places[id] ?? cursor.behind[id] ?? (thread ? cursor.behind[parent ?? ''] : undefined) ?? cursor.floor;
}

/** What was asked longer ago is asked again. */
const VALID_MS = 10 * 60_000;

/** Answers that a survey got before one of its requests failed. The next attempt goes on from them. */
export class SurveyNotes extends Remembered {
  #startedAt: Instant = 0;
  #session = 0;

  /** When the survey began: what happened later it may not have seen. */
  begin(now: Instant, session: number): Instant {
    const valid = this.#session === session && Math.abs(now - this.#startedAt) < VALID_MS;
    if (!this.isEmpty && valid) return this.#startedAt;
    this.clear();
    this.#session = session;
    this.#startedAt = now;
    return now;
  }
}

/** Discord may show a message a moment after a younger one, so each place is read from a little before where it stopped. */
const OVERLAP_MS = 5_000;
/** How far the common floor stays behind the newest message that was seen anywhere. */
const BEHIND_MS = 60_000;
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

/** Every place is read up to the newest message that the survey saw, so one floor can stand for most of them. */
function end(round: Round, page: Page<Cursor> & { coverage: CoverageSpan[] }): void {
  const { cursor } = page;
  for (const { id } of round.closed) cursor.behind[id] ??= cursor.places[id] ?? cursor.floor;
  for (const id of round.open) delete cursor.behind[id];
  cursor.floor = later(cursor.floor, before(round.top, BEHIND_MS));
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
