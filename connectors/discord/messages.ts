/** What is said on Discord: its shapes, messages in our words, whether we may answer them, and our answers. */
import { createHash } from 'node:crypto';
import {
  type Attachment,
  asFailure,
  ConnectorError,
  cleanText,
  type FoundMention,
  holdsOneOf,
  type Posted,
  parseDate,
  type ReplyOrder,
  type ReplyPermission,
  type SkippedItem,
  safeUrl,
  snowflakesSince,
  z,
} from '#kit';
import type { Place } from './access.ts';
import type { DiscordClient } from './client.ts';
import type { Options } from './index.ts';

/** Ids of Discord, with their time. https://docs.discord.com/developers/reference#snowflakes */
export const Snowflake = z.string().regex(/^\d{1,20}$/);
export const { at: snowflakeAt, timeOf: instantOf } = snowflakesSince(1_420_070_400_000);

/** What Discord sends, as far as we use it; the same over REST and the gateway. What else there is, is ignored. */

export const User = z.object({
  id: Snowflake,
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});

/** Bits of `flags`: may the application read what is said to others? Limited is the grant for small bots. */
export const MESSAGE_CONTENT = (1 << 18) | (1 << 19);
export const Application = z.object({ id: Snowflake, flags: z.int().optional() });

export const Gateway = z.object({
  url: z.string().regex(/^wss?:\/\//),
  shards: z.int().min(1),
  session_start_limit: z.object({
    total: z.int(),
    remaining: z.int(),
    reset_after: z.number(),
    max_concurrency: z.int(),
  }),
});

/** `permissions`: what our roles give us in the whole server, as a number written as text. */
export const Guild = z.object({
  id: Snowflake,
  name: z.string(),
  owner: z.boolean().optional(),
  permissions: z.string().optional(),
});
export const Guilds = z.array(Guild);
export const Member = z.object({ roles: z.array(Snowflake) });

export const Overwrite = z.object({ id: Snowflake, type: z.int(), allow: z.string(), deny: z.string() });

/** A channel, a category, a forum or a thread. */
export const Channel = z.object({
  id: Snowflake,
  type: z.int(),
  name: z.string().nullish(),
  guild_id: Snowflake.optional(),
  parent_id: Snowflake.nullish(),
  last_message_id: Snowflake.nullish(),
  permission_overwrites: z.array(Overwrite).optional(),
  thread_metadata: z
    .object({ archived: z.boolean().optional(), archive_timestamp: z.string(), locked: z.boolean().optional() })
    .optional(),
});
export type Channel = z.output<typeof Channel>;
export const Channels = z.array(Channel);
export const Threads = z.object({ threads: z.array(Channel) });
export const Archived = Threads.extend({ has_more: z.boolean() });

/** Each message is checked on its own later, so that a strange one does not take its page along. */
export const Messages = z.array(z.unknown());
export const MessageId = z.object({ id: Snowflake });

export const Sent = z.object({ id: Snowflake, channel_id: Snowflake, timestamp: z.string() });

const Person = User.partial({ username: true });
const Reference = z.object({
  message_id: Snowflake.optional(),
  channel_id: Snowflake.optional(),
  /** 1: a forwarded message, which answers nothing. */
  type: z.int().optional(),
});

export const Message = z.object({
  id: Snowflake,
  channel_id: Snowflake,
  guild_id: Snowflake.optional(),
  type: z.int(),
  author: User,
  webhook_id: Snowflake.nullish(),
  content: z.string(),
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
  mentions: z.array(Person).catch([]),
  message_reference: Reference.nullish().catch(undefined),
  referenced_message: z
    .object({ message_reference: Reference.nullish(), author: z.object({ id: Snowflake }).optional() })
    .nullish()
    .catch(undefined),
  message_snapshots: z.array(z.object({ message: z.object({ content: z.string() }) })).catch([]),
  poll: z
    .object({ question: z.object({ text: z.string().optional() }) })
    .nullish()
    .catch(undefined),
  sticker_items: z.array(z.object({ name: z.string() })).catch([]),
  attachments: z
    .array(
      z.object({
        url: z.string(),
        filename: z.string(),
        content_type: z.string().optional(),
        description: z.string().nullish(),
      }),
    )
    .catch([]),
});
export type Message = z.output<typeof Message>;

/** Just enough of a live message to decide what to do with it. */
export const Heard = z.object({
  id: Snowflake,
  channel_id: Snowflake,
  guild_id: Snowflake.optional(),
  edited_timestamp: z.string().nullish(),
  author: z.unknown().optional(),
});

/** One deleted message, or many at once. */
export const Gone = z
  .object({ channel_id: Snowflake, id: Snowflake.optional(), ids: z.array(Snowflake).optional() })
  .transform(({ channel_id, id, ids }) => ({ channel: channel_id, ids: ids ?? (id ? [id] : []) }));

/** Written by somebody, into the channel or as an answer. The others are joins, pins, boosts and the like. */
const SAID = new Set([0, 19]);
const FORWARD = 1;

type Read = { found: FoundMention } | { id: string | undefined; reason: string } | 'not for us';

/** Where a message stands and what we look for. `place` is unknown when Discord did not tell us of the channel. */
export interface Reading {
  options: Options;
  me: string;
  place: Place | undefined;
  nameOf(channel: string): string | undefined;
}

/** The mention's id: a message can be asked for only together with its channel. */
export function nativeIdOf(channel: string, message: string): string {
  return `${channel}/${message}`;
}

export function partsOf(nativeId: string): { channel: string; message: string } | undefined {
  const [, channel, message] = /^(\d{1,20})\/(\d{1,20})$/.exec(nativeId) ?? [];
  return channel && message ? { channel, message } : undefined;
}

/** A message in our words; why it could not be read; or that nobody asked for it. */
export function readMessage(raw: unknown, reading: Reading): Read {
  const read = Message.safeParse(raw);
  if (!read.success) return { id: MessageId.safeParse(raw).data?.id, reason: z.prettifyError(read.error) };
  const message = read.data;
  if (!SAID.has(message.type)) return 'not for us';
  const text = textOf(message, reading);
  // Without words or files it was not written for anybody to read, or Discord does not show it to us.
  if (!text || !isForUs(message, text, reading)) return 'not for us';
  return { found: toMention(message, text, reading) };
}

export function sort(
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

function isForUs(message: Message, text: string, { options, me, place }: Reading): boolean {
  // The bot's account is ours alone: what it says are answers we know, and receipts. Neither is a colleague's word.
  if (message.author.id === me) return false;
  const program = message.author.bot || message.webhook_id;
  if (program && !options.bots) return false;
  const direct = place ? !place.guild : message.guild_id === undefined;
  if (direct || message.mentions.some(({ id }) => id === me)) return true;
  // An answer to us is for us, also when it was sent without ringing.
  if (message.referenced_message?.author?.id === me) return true;
  if (options.hear === 'mentions') return false;
  return holdsOneOf(options.words)(text);
}

function toMention(message: Message, text: string, { place }: Reading): FoundMention {
  const { id, channel_id: channel, author, attachments } = message;
  const guild = place?.guild ?? message.guild_id ?? '@me';
  const saidAt = parseDate(message.timestamp);
  const editedAt = message.edited_timestamp ? parseDate(message.edited_timestamp) : undefined;
  const handle = cleanText(author.username);
  const name = cleanText(author.global_name ?? '');
  const files = attachments.flatMap(toAttachment);
  const answers = message.message_reference?.type === FORWARD ? undefined : message.message_reference;
  return {
    nativeId: nativeIdOf(channel, id),
    author: { id: author.id, ...(handle && { handle }), ...(name && { name }) },
    text,
    url: addressOf(guild, channel, id),
    conversationId: conversationOf(message, place),
    replyRef: guild,
    permission: permissionIn(place),
    ...(saidAt !== undefined && { saidAt }),
    ...(editedAt !== undefined && { editedAt }),
    ...(answers?.message_id && { parentId: nativeIdOf(answers.channel_id ?? channel, answers.message_id) }),
    ...(place && { place: cleanText(place.name) }),
    ...(files.length > 0 && { attachments: files }),
  };
}

function addressOf(guild: string, channel: string, message: string): string {
  return `https://discord.com/channels/${guild}/${channel}/${message}`;
}

/**
 * A thread is one conversation, begun by the message of the same id. In a channel it is a message with its answers: the
 * whole channel would tie people together who have nothing to do with each other.
 */
function conversationOf(
  { id, channel_id: channel, message_reference: answers, referenced_message }: Message,
  place?: Place,
): string {
  if (place?.thread) return channel;
  if (!answers?.message_id || answers.type === FORWARD) return id;
  return referenced_message?.message_reference?.message_id ?? answers.message_id;
}

function permissionIn(place: Place | undefined): ReplyPermission {
  if (!place?.guild) return { how: 'api' };
  const { name, thread, locked, rights } = place;
  if (locked) return { how: 'by-hand', why: `The thread ${name} is locked. Unlock it, or answer in another place.` };
  const write = thread ? rights.writeInThreads : rights.write;
  if (write && rights.history) return { how: 'api' };
  const missing = !write ? (thread ? 'Send Messages in Threads' : 'Send Messages') : 'Read Message History';
  return { how: 'by-hand', why: `The bot lacks the right ${missing} in ${name}.` };
}

function textOf(message: Message, { place, nameOf }: Reading): string {
  // The first message of a forum post has the post's id; the title is part of what is said.
  const title = place?.thread && message.id === place.id ? place.name.split(' › ').slice(1).join(' › ') : '';
  const body = [message.content, ...message.message_snapshots.map(({ message: { content } }) => content)]
    .filter(Boolean)
    .join('\n');
  const words = body || message.poll?.question.text || '';
  const things = words
    ? []
    : [
        ...message.sticker_items.map(({ name }) => `[${name}]`),
        ...message.attachments.map(({ filename }) => `[${filename}]`),
      ];
  const names = new Map(message.mentions.map(({ id, username, global_name }) => [id, global_name || username]));
  return cleanText([title, withNames(words, names, nameOf), ...things].filter(Boolean).join('\n'));
}

/** Discord writes `<@123>`; people read names. An unknown one stays as it is. */
function withNames(text: string, people: ReadonlyMap<string, string | undefined>, channels: Reading['nameOf']): string {
  return text
    .replace(/<@!?(\d{1,20})>/g, (whole, id: string) => (people.get(id) ? `@${people.get(id)}` : whole))
    .replace(/<#(\d{1,20})>/g, (whole, id: string) => channels(id) ?? whole)
    .replace(/<a?(:\w{1,40}:)\d{1,20}>/g, '$1');
}

function toAttachment({ url, content_type: type, description }: Message['attachments'][number]): Attachment[] {
  const safe = safeUrl(url);
  return safe ? [{ url: safe, ...(type && { type }), ...(description && { description }) }] : [];
}

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
