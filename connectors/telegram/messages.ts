/** What is said on Telegram: updates in our words, and whether a message may be answered. */
import { cleanText, type FoundMention, holdsOneOf, type ReplyPermission, z } from '#kit';
import type { Options } from './settings.ts';

/** Ids of Telegram fit into 52 bits. https://core.telegram.org/bots/api#chat */
const Id = z.int().transform(String);

export const Me = z.object({
  id: Id,
  username: z.string(),
  can_join_groups: z.boolean().default(true),
  can_read_all_group_messages: z.boolean().default(false),
});
export type Me = z.output<typeof Me>;

export const Webhook = z.object({ url: z.string(), pending_update_count: z.int().default(0) });

const User = z.object({
  id: Id,
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().default(''),
  username: z.string().optional(),
});

const Chat = z.object({
  id: Id,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: z.string().default(''),
  username: z.string().optional(),
});

/** A message as far as we use it. What else Telegram sends is ignored, so a new field breaks nothing. */
const Message = z.object({
  message_id: Id,
  date: z.int(),
  edit_date: z.int().optional(),
  chat: Chat,
  from: User.optional(),
  sender_chat: Chat.optional(),
  message_thread_id: Id.optional(),
  is_topic_message: z.boolean().default(false),
  is_automatic_forward: z.boolean().default(false),
  reply_to_message: z.object({ message_id: Id, from: User.optional() }).optional().catch(undefined),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.unknown().optional(),
  video: z.unknown().optional(),
  voice: z.unknown().optional(),
  video_note: z.unknown().optional(),
  sticker: z
    .object({ emoji: z.string().default('') })
    .optional()
    .catch(undefined),
  audio: z.object({ file_name: z.string().optional() }).optional().catch(undefined),
  document: z.object({ file_name: z.string().optional() }).optional().catch(undefined),
  poll: z.object({ question: z.string() }).optional().catch(undefined),
  migrate_to_chat_id: Id.optional(),
});
type Message = z.output<typeof Message>;

export const Sent = z.object({ message_id: Id, date: z.int(), chat: Chat });

/** Each update is checked on its own later, so that a strange one does not take its page along. */
export const Updates = z.array(z.looseObject({ update_id: z.int().min(0) }));
export type Updates = z.output<typeof Updates>;

/** The kinds of updates we read. Asked for by name each time: left out, Telegram goes by what somebody asked for last. */
export const kindsFor = ({ channelPosts }: Options) => {
  const posts = channelPosts ? (['channel_post', 'edited_channel_post'] as const) : [];
  return ['message', 'edited_message', ...posts] as const;
};

type Read =
  | { found: FoundMention }
  | { reason: string }
  /** A group became a supergroup, with another id. */
  | { moved: { from: string; to: string } }
  | 'not for us';

/** What an update says, in our words; why it could not be read; or that nobody asked for it. */
export function readUpdate(update: Updates[number], me: Me, options: Options): Read {
  const raw = kindsFor(options).flatMap((kind) => update[kind] ?? [])[0];
  // Updates from before this was asked for may still come in other kinds.
  if (raw === undefined) return 'not for us';
  const read = Message.safeParse(raw);
  if (!read.success) return { reason: `update ${update.update_id}: ${z.prettifyError(read.error)}` };
  const message = read.data;
  if (message.migrate_to_chat_id) return { moved: { from: message.chat.id, to: message.migrate_to_chat_id } };
  const text = textOf(message);
  // Joins, pins and the like say nothing.
  if (!text || !isForUs(message, text, me, options)) return 'not for us';
  return { found: toMention(message, text) };
}

function isForUs(message: Message, text: string, me: Me, options: Options): boolean {
  const { chat, from, sender_chat: sender } = message;
  if (from?.id === me.id || (from?.is_bot && !sender)) return false;
  if (chat.type === 'private') return options.privateChats && !/^\/start(?:\s|$)/.test(text);
  // The channel's own post, put at the head of its comments.
  if (message.is_automatic_forward) return false;
  if (options.chats.length > 0 && !options.chats.some((one) => isChat(chat, one))) return false;
  if (isAddressed(message, text, me)) return true;
  if (options.hear === 'mentions') return false;
  return holdsOneOf(options.words)(text);
}

function isChat({ id, username }: Message['chat'], named: string): boolean {
  return named === id || named.toLowerCase() === `@${username?.toLowerCase()}`;
}

function isAddressed({ reply_to_message: to }: Message, text: string, { id, username }: Me): boolean {
  return to?.from?.id === id || new RegExp(`(?<!\\w)@${username}(?!\\w)`, 'i').test(text);
}

/** Files have no address that could be shown: theirs holds the bot's token. So they are named. */
function textOf(message: Message): string {
  const { text, caption, poll, sticker, document, audio } = message;
  const things = [
    message.photo !== undefined && '[photo]',
    message.video !== undefined && '[video]',
    message.voice !== undefined && '[voice message]',
    message.video_note !== undefined && '[video message]',
    sticker && `[sticker ${sticker.emoji}]`.replace(' ]', ']'),
    (document || audio) && `[${document?.file_name ?? audio?.file_name ?? 'file'}]`,
  ];
  return cleanText([text ?? caption ?? poll?.question, ...things].filter(Boolean).join('\n'));
}

function toMention(message: Message, text: string): FoundMention {
  const { chat, message_id: id, edit_date: edited, reply_to_message: parent } = message;
  const url = addressOf(chat, id);
  const place = cleanText(chat.type === 'private' ? 'private chat' : chat.title);
  return {
    nativeId: nativeIdOf(chat.id, id),
    author: authorOf(message),
    text,
    saidAt: message.date * 1000,
    conversationId: conversationOf(message),
    permission: permissionIn(chat),
    ...(edited !== undefined && { editedAt: edited * 1000 }),
    ...(url && { url }),
    ...(parent && { parentId: nativeIdOf(chat.id, parent.message_id) }),
    ...(message.is_topic_message && message.message_thread_id && { replyRef: message.message_thread_id }),
    ...(place && { place }),
  };
}

/** Whoever writes as a group or a channel is that to the others, and to us. */
function authorOf({ from, sender_chat: sender, chat }: Message): FoundMention['author'] {
  const who = sender ?? from ?? chat;
  const name = cleanText('title' in who ? who.title : `${who.first_name} ${who.last_name}`).trim();
  const handle = cleanText(who.username ?? '');
  return { id: who.id, ...(handle && { handle }), ...(name && { name }) };
}

/**
 * A private chat, a topic, or a message with its answers, such as a channel's post with its comments. A whole group would
 * tie people together who have nothing to do with each other.
 */
function conversationOf({
  chat,
  message_id: id,
  message_thread_id: thread,
  reply_to_message: parent,
}: Message): string {
  if (chat.type === 'private') return chat.id;
  return nativeIdOf(chat.id, thread ?? parent?.message_id ?? id);
}

function permissionIn({ type }: Message['chat']): ReplyPermission {
  if (type !== 'channel') return { how: 'api' };
  return { how: 'by-hand', why: 'An answer here would be a post of the channel. Answer in its comments.' };
}

/** Message ids are counted anew in each chat. */
export function nativeIdOf(chat: string, message: string): string {
  return `${chat}/${message}`;
}

export function partsOf(nativeId: string): { chat: string; message: string } | undefined {
  const [, chat, message] = /^(-?\d{1,16})\/(\d{1,16})$/.exec(nativeId) ?? [];
  return chat && message ? { chat, message } : undefined;
}

/** Supergroups and channels have addresses; private chats and basic groups have none. */
export function addressOf({ id, type, username }: z.output<typeof Chat>, message: string): string | undefined {
  if (type === 'private' || type === 'group') return undefined;
  if (username) return `https://t.me/${username}/${message}`;
  return id.startsWith('-100') ? `https://t.me/c/${id.slice(4)}/${message}` : undefined;
}
