import type { DiscordClient } from './client.ts';
import { isOutOfReach } from './failures.ts';
import { ALL_RIGHTS, isThread, type Place, placeOf } from './places.ts';
import type { Channel } from './schema.ts';

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
