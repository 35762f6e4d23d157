import { createHash } from 'node:crypto';
import { ConnectorError, type Posted, parseDate, type ReplyOrder } from '#kit';
import type { DiscordClient } from './client.ts';
import { addressOf, nativeIdOf, partsOf } from './messages.ts';

/**
 * How long Discord is sure to know a nonce: its documentation says "the past few minutes" and no more, so we count on two.
 * https://docs.discord.com/developers/resources/message#create-message
 */
export const NONCE_VALID_MS = 2 * 60_000;
const NONCE_MAX = 25;

/** Posts the text as an answer to the message, once: a second post with the same nonce gets the first one back. */
export async function send(client: DiscordClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const target = partsOf(order.nativeId);
  if (!target) throw new ConnectorError('rejected', `"${order.nativeId}" names no Discord message. Answer it by hand.`);
  const { channel, message } = target;
  const sent = await client.send(
    channel,
    {
      content: order.text,
      nonce: nonceOf(order.key),
      enforce_nonce: true,
      // By default, every @everyone and every name in the text would ring.
      allowed_mentions: { parse: [], replied_user: false },
      // Where the message was deleted in the meantime, the text stands on its own.
      message_reference: { message_id: message, channel_id: channel, fail_if_not_exists: false },
    },
    signal,
  );
  return {
    nativeId: nativeIdOf(sent.channel_id, sent.id),
    url: addressOf(order.replyRef ?? '@me', sent.channel_id, sent.id),
    postedAt: parseDate(sent.timestamp) ?? client.now(),
  };
}

/** The order's key where Discord takes it as it is, else a hash of it. The same each time. */
export function nonceOf(key: string): string {
  if (key.length <= NONCE_MAX) return key;
  return createHash('sha256').update(key).digest('base64url').slice(0, NONCE_MAX);
}
