import { createHash } from 'node:crypto';
import { asFailure, ConnectorError, type Posted, parseDate, type ReplyOrder } from '#kit';
import type { DiscordClient } from './client.ts';
import { addressOf, nativeIdOf, partsOf } from './messages.ts';

/**
 * How long Discord is sure to know a nonce: its documentation says "the past few minutes" and no more, so we count on two.
 * https://docs.discord.com/developers/resources/message#create-message
 */
export const NONCE_VALID_MS = 2 * 60_000;
const NONCE_MAX = 25;

/**
 * Posts the text as an answer to the message, once: a second post with the same nonce gets the first one back. A report that
 * came by a form has no message to answer, so that its answer goes to its author directly.
 */
export async function send(client: DiscordClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const { place, reference } = await whereTo(client, order, signal);
  const sent = await client.send(
    place,
    {
      content: order.text,
      nonce: nonceOf(order.key),
      enforce_nonce: true,
      // By default, every @everyone and every name in the text would ring.
      allowed_mentions: { parse: [], replied_user: false },
      // Where the message was deleted in the meantime, the text stands on its own.
      ...(reference && {
        message_reference: { message_id: reference, channel_id: place, fail_if_not_exists: false as const },
      }),
    },
    signal,
  );
  const guild = reference ? (order.replyRef ?? '@me') : '@me';
  return {
    nativeId: nativeIdOf(sent.channel_id, sent.id),
    url: addressOf(guild, sent.channel_id, sent.id),
    postedAt: parseDate(sent.timestamp) ?? client.now(),
  };
}

async function whereTo(client: DiscordClient, { nativeId, replyRef }: ReplyOrder, signal: AbortSignal) {
  const target = partsOf(nativeId);
  if (target) return { place: target.channel, reference: target.message };
  const [, person] = /^@(\d{1,20})$/.exec(replyRef ?? '') ?? [];
  if (!person) throw new ConnectorError('rejected', `"${nativeId}" names no Discord message. Answer it by hand.`);
  const { id } = await client.direct(person, signal).catch((thrown) => {
    const failure = asFailure(thrown);
    // Nothing is said by opening a conversation, and it may be opened again.
    if (failure.kind !== 'unknown-outcome' && failure.kind !== 'bad-shape') throw failure;
    throw new ConnectorError('unavailable', failure.message, { cause: thrown });
  });
  return { place: id, reference: undefined };
}

/** The order's key where Discord takes it as it is, else a hash of it. The same each time. */
export function nonceOf(key: string): string {
  if (key.length <= NONCE_MAX) return key;
  return createHash('sha256').update(key).digest('base64url').slice(0, NONCE_MAX);
}
