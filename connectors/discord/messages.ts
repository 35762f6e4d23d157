import { type Attachment, cleanText, type FoundMention, parseDate, type ReplyPermission, safeUrl, z } from '#kit';
import type { Options } from './options.ts';
import type { Place } from './places.ts';
import { type Message, MessageId, Message as MessageShape } from './schema.ts';

/** Written by somebody, into the channel or as an answer. The others are joins, pins, boosts and the like. */
const SAID = new Set([0, 19]);
const FORWARD = 1;

export type Read = { found: FoundMention } | { id: string | undefined; reason: string } | 'not for us';

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
  const read = MessageShape.safeParse(raw);
  if (!read.success) return { id: MessageId.safeParse(raw).data?.id, reason: z.prettifyError(read.error) };
  const message = read.data;
  if (!SAID.has(message.type)) return 'not for us';
  const text = textOf(message, reading);
  // Without words or files it was not written for anybody to read, or Discord does not show it to us.
  if (!text || !isForUs(message, text, reading)) return 'not for us';
  return { found: toMention(message, text, reading) };
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
  const words = text.toLowerCase();
  return options.words.length === 0 || options.words.some((word) => words.includes(word.toLowerCase()));
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

export function addressOf(guild: string, channel: string, message: string): string {
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

export function permissionIn(place: Place | undefined): ReplyPermission {
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
