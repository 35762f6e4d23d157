import { asFailure, ConnectorError, type Instant, isLater, later, parseDate, type z } from '#kit';
import type { DiscordClient } from './client.ts';
import { isOutOfReach } from './failures.ts';
import type { Cursor } from './options.ts';
import {
  bitsOf,
  holdsMessages,
  holdsThreads,
  isChosen,
  isThread,
  type Place,
  placeOf,
  rightsIn,
  type Standing,
} from './places.ts';
import { type Channel, type Guild, instantOf } from './schema.ts';

/** Clocks differ a little, and a thread may be archived while we look. */
const MARGIN_MS = 60_000;

/** A place with something new in it. */
export interface ToRead {
  place: Place;
  /** The newest message that Discord names. It may have been deleted since. */
  newest: string;
}

/** What there is to read, and what may not be read. */
export interface Survey {
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

export function namesOf(places: readonly Place[]): string {
  const names = places.map(({ name }) => name).sort();
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
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

/** Without Discord's word on our roles nothing is taken for forbidden: whatever is, it will refuse itself. */
async function standingIn(
  client: DiscordClient,
  me: string,
  { id, owner, permissions }: z.output<typeof Guild>,
  signal: AbortSignal,
): Promise<Standing> {
  const member = await client.survey.once(`member ${id}`, () =>
    client.member(id, me, signal).catch((thrown: unknown) => {
      if (asFailure(thrown).kind === 'rejected') return undefined;
      throw thrown;
    }),
  );
  const base = owner || permissions === undefined || !member ? undefined : bitsOf(permissions);
  return { guild: id, me, base, roles: member?.roles ?? [] };
}

/** A channel that turned out not to be readable after all. */
export function close(found: Pick<Survey, 'open' | 'closed'>, place: Place): void {
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
export function positionOf(cursor: Cursor, { id, parent, thread }: Place): string {
  return cursor.places[id] ?? cursor.behind[id] ?? (thread ? cursor.behind[parent ?? ''] : undefined) ?? cursor.floor;
}

/** What was asked longer ago is asked again. */
const VALID_MS = 10 * 60_000;

/** Answers that a survey got before one of its requests failed. The next attempt goes on from them. */
export class SurveyNotes {
  readonly #answers = new Map<string, unknown>();
  #startedAt: Instant = 0;
  #session = 0;

  /** When the survey began: what happened later it may not have seen. */
  begin(now: Instant, session: number): Instant {
    const valid = this.#session === session && Math.abs(now - this.#startedAt) < VALID_MS;
    if (this.#answers.size > 0 && valid) return this.#startedAt;
    this.clear();
    this.#session = session;
    this.#startedAt = now;
    return now;
  }

  async once<T>(what: string, ask: () => Promise<T>): Promise<T> {
    if (!this.#answers.has(what)) this.#answers.set(what, await ask());
    return this.#answers.get(what) as T;
  }

  clear(): void {
    this.#answers.clear();
  }
}
