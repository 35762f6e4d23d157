import { isLater, later, type Recheck } from '#kit';
import { readingOf } from './catch-up.ts';
import type { DiscordClient } from './client.ts';
import { isGone, isOutOfReach } from './failures.ts';
import { nativeIdOf, partsOf, readMessage } from './messages.ts';
import { learn, type Place, whereIs } from './places.ts';
import { Message, MessageId } from './schema.ts';

/**
 * Looks what became of messages: up to a hundred with one request where they stand close together. Only Discord's own
 * word that a message is gone counts: without the right to read the history it shows an empty channel.
 *
 * What is out of reach now is left out of the answer, since nobody knows.
 */
export async function recheck(client: DiscordClient, nativeIds: string[], signal: AbortSignal): Promise<Recheck[]> {
  const channels = new Map<string, string[]>();
  for (const { channel, message } of nativeIds.flatMap((id) => partsOf(id) ?? [])) {
    channels.set(channel, [...(channels.get(channel) ?? []), message]);
  }
  const answers: Recheck[] = [];
  for (const [channel, messages] of channels) answers.push(...(await recheckIn(client, channel, messages, signal)));
  return answers;
}

async function recheckIn(
  client: DiscordClient,
  channel: string,
  wanted: string[],
  signal: AbortSignal,
): Promise<Recheck[]> {
  const answers: Recheck[] = [];
  let rest = wanted.toSorted((a, b) => (isLater(a, b) ? 1 : -1));
  try {
    const place = await placeIn(client, channel, signal);
    while (rest[0] !== undefined) {
      const page = await client.messages(channel, String(BigInt(rest[0]) - 1n), signal);
      const shown = new Map(page.flatMap((raw) => entryOf(raw)));
      const end = [...shown.keys()].reduce(later, rest[0]);
      const reached = rest.filter((id) => !isLater(id, end));
      rest = rest.slice(reached.length);
      for (const id of reached) {
        const raw = shown.get(id) ?? (await oneOf(client, channel, id, signal));
        answers.push(...(await answerOf(client, nativeIdOf(channel, id), raw, place, signal)));
      }
    }
  } catch (thrown) {
    if (!isOutOfReach(thrown)) throw thrown;
    // With the channel, all that stood in it is gone.
    if (isGone(thrown)) return wanted.map((id) => ({ nativeId: nativeIdOf(channel, id), now: 'gone' }));
  }
  return answers;
}

function entryOf(raw: unknown): [string, unknown][] {
  const id = MessageId.safeParse(raw).data?.id;
  return id ? [[id, raw]] : [];
}

/** Undefined when Discord says that it is gone. */
async function oneOf(client: DiscordClient, channel: string, id: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await client.message(channel, id, signal);
  } catch (thrown) {
    if (isGone(thrown)) return undefined;
    throw thrown;
  }
}

async function answerOf(
  client: DiscordClient,
  nativeId: string,
  raw: unknown,
  place: Place | undefined,
  signal: AbortSignal,
): Promise<Recheck[]> {
  if (raw === undefined) return [{ nativeId, now: 'gone' }];
  const message = Message.safeParse(raw).data;
  if (!message?.edited_timestamp) return [{ nativeId, now: 'same' }];
  // What we hold is heard anew even if it would not be found any more by its new words.
  const reading = readingOf(client, place, (await client.me(signal)).id);
  const all = { ...client.options, hear: 'all' as const, words: [], bots: true };
  const read = readMessage(raw, { ...reading, options: all });
  return [
    typeof read === 'object' && 'found' in read
      ? { nativeId, now: 'edited', found: read.found }
      : { nativeId, now: 'same' },
  ];
}

/** @throws DiscordError where the channel is gone or closed to us */
async function placeIn(client: DiscordClient, id: string, signal: AbortSignal): Promise<Place | undefined> {
  const known = client.places.get(id);
  if (known) return known;
  const channel = await client.channel(id, signal);
  return channel.guild_id ? whereIs(client, id, channel.guild_id, signal) : learn(client, channel);
}
