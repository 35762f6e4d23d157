import type { Options } from './options.ts';
import type { Rights } from './permissions.ts';
import type { Channel } from './schema.ts';

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
