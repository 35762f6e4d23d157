import type { z } from '#kit';
import type { DiscordClient } from './client.ts';
import { isOutOfReach } from './failures.ts';
import type { Options } from './options.ts';
import type { Channel, Overwrite } from './schema.ts';

/** A channel, forum or thread that we may meet messages in. */
export interface Place {
  id: string;
  name: string;
  /** Absent for direct messages. */
  guild?: string;
  /** The channel or forum that a thread hangs in, or the category of a channel. */
  parent?: string;
  thread: boolean;
  locked: boolean;
  rights: Rights;
}

const TEXT = 0;
const VOICE = 2;
const ANNOUNCEMENT = 5;
const STAGE = 13;
const FORUM = 15;
const MEDIA = 16;
const THREADS = new Set([10, 11, 12]);
const DIRECT = new Set([1, 3]);

export const isThread = ({ type }: Pick<Channel, 'type'>) => THREADS.has(type);
/** Messages can stand in it. In a forum they cannot: each post is a thread. */
export const holdsMessages = ({ type }: Pick<Channel, 'type'>) => [TEXT, VOICE, ANNOUNCEMENT, STAGE].includes(type);
export const holdsThreads = ({ type }: Pick<Channel, 'type'>) => [TEXT, ANNOUNCEMENT, FORUM, MEDIA].includes(type);

export const ALL_RIGHTS: Rights = { view: true, history: true, write: true, writeInThreads: true };

export function placeOf(channel: Channel, guild: string | undefined, rights: Rights, parent?: Place): Place {
  const direct = DIRECT.has(channel.type);
  const own = channel.name || channel.id;
  return {
    id: channel.id,
    name: direct ? 'direct message' : parent && isThread(channel) ? `${parent.name} › ${own}` : `#${own}`,
    thread: isThread(channel),
    locked: channel.thread_metadata?.locked ?? false,
    rights,
    ...(guild && { guild }),
    ...(channel.parent_id && { parent: channel.parent_id }),
  };
}

/** Did the operator choose this place: itself, the channel it hangs in, or that one's category? */
export function isChosen(
  place: Place,
  { servers, channels, directMessages }: Options,
  places: ReadonlyMap<string, Place>,
): boolean {
  if (!place.guild) return directMessages;
  if (servers.length > 0 && !servers.includes(place.guild)) return false;
  if (channels.length === 0) return true;
  const parent = place.parent ? places.get(place.parent) : undefined;
  return [place.id, place.parent, parent?.parent].some((id) => id !== undefined && channels.includes(id));
}

/** The place of a message: known, or asked for once. Direct messages have no server and need not be asked for. */
export async function whereIs(
  client: DiscordClient,
  id: string,
  guild: string | undefined,
  signal: AbortSignal,
): Promise<Place | undefined> {
  const known = client.places.get(id);
  if (known) return known;
  if (!guild) return learn(client, { id, type: 1 });
  try {
    const channel = await client.channel(id, signal);
    if (channel.parent_id && !client.places.has(channel.parent_id)) {
      learn(client, await client.channel(channel.parent_id, signal), guild);
    }
    return learn(client, channel, guild);
  } catch (thrown) {
    if (isOutOfReach(thrown)) return undefined;
    throw thrown;
  }
}

/** Rights are computed by the next survey; until then a new place has those of its parent, or all. */
export function learn({ places }: DiscordClient, channel: Channel | undefined, guild?: string): Place | undefined {
  if (!channel) return undefined;
  const parent = places.get(channel.parent_id ?? '');
  // Without its parent a thread has neither its name nor its rights: it is asked for when a message comes.
  if (isThread(channel) && !parent) return undefined;
  const rights = places.get(channel.id)?.rights ?? parent?.rights ?? ALL_RIGHTS;
  const place = placeOf(channel, guild ?? channel.guild_id ?? places.get(channel.id)?.guild, rights, parent);
  places.set(channel.id, place);
  return place;
}

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
const ADMINISTRATOR = 1n << 3n;
const VIEW_CHANNEL = 1n << 10n;
const SEND_MESSAGES = 1n << 11n;
const READ_MESSAGE_HISTORY = 1n << 16n;
const SEND_MESSAGES_IN_THREADS = 1n << 38n;

/** Who we are in a server. `base` is what our roles give us there; undefined when Discord did not say. */
export interface Standing {
  guild: string;
  me: string;
  base: bigint | undefined;
  roles: readonly string[];
}

export interface Rights {
  /** The channel is there for us. */
  view: boolean;
  /** What was said before can be read. Without this right Discord answers with an empty list, not with an error. */
  history: boolean;
  write: boolean;
  writeInThreads: boolean;
}

/** What we may do in a channel, as Discord computes it: roles, then the channel's rules for everyone, roles and us. */
export function rightsIn(standing: Standing, overwrites: readonly z.output<typeof Overwrite>[] = []): Rights {
  const { base, guild, me, roles } = standing;
  if (base === undefined || (base & ADMINISTRATOR) !== 0n) {
    return { view: true, history: true, write: true, writeInThreads: true };
  }
  const everyone = overwrites.filter(({ id }) => id === guild);
  const ofRoles = overwrites.filter(({ id }) => id !== guild && roles.includes(id));
  const ours = overwrites.filter(({ id }) => id === me);
  const all = [everyone, ofRoles, ours].reduce((bits, some) => {
    const union = (field: 'allow' | 'deny') => some.reduce((sum, one) => sum | bitsOf(one[field]), 0n);
    return (bits & ~union('deny')) | union('allow');
  }, base);
  const view = (all & VIEW_CHANNEL) !== 0n;
  const may = (right: bigint) => view && (all & right) !== 0n;
  return {
    view,
    history: may(READ_MESSAGE_HISTORY),
    write: may(SEND_MESSAGES),
    writeInThreads: may(SEND_MESSAGES_IN_THREADS),
  };
}

export function bitsOf(text: string): bigint {
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}
