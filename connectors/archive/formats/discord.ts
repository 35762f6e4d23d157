import { type Attachment, safeUrl, z } from '#kit';
import { rejected } from '../bytes.ts';
import type { Said } from '../messages.ts';
import { compact, findList, instant } from '../text.ts';
import type { Format, Input, Outcome } from './format.ts';
import { readList } from './json.ts';

const id = z.coerce.string();

/** What stands before the messages of a chat export: where they were said. */
const Room = z.object({
  guild: z.object({ id, name: z.string().nullish() }).optional().catch(undefined),
  channel: z.object({ id, type: z.coerce.string().nullish(), name: z.string().nullish() }).optional().catch(undefined),
});
type Room = z.output<typeof Room>;

/** The fields we use of one message. */
const Message = z.object({
  id: id.refine((text) => /^\d+$/.test(text)),
  type: z.coerce.string().default('Default'),
  timestamp: z.string().nullish(),
  timestampEdited: z.string().nullish(),
  content: z.string().nullish(),
  author: z.object({
    id,
    name: z.string().nullish(),
    nickname: z.string().nullish(),
    isBot: z.boolean().nullish(),
  }),
  attachments: z
    .array(z.object({ url: z.string(), fileName: z.string().nullish() }))
    .nullish()
    .catch(null),
  reference: z.object({ messageId: id.nullish() }).nullish().catch(null),
});
type Message = z.output<typeof Message>;

/** Written by people; all other types are notices such as "joined" or "pinned". */
const SPOKEN = new Set(['Default', 'Reply', '0', '19']);

/** A chat exported as one JSON object whose `messages` are a list. */
export const discord: Format = {
  start: (input) => ({ offset: messagesOf(input).offset, line: 0 }),
  read(input, from) {
    const room = Room.parse(messagesOf(input).before);
    return readList(input, from, 'message', (record, where) => outcomeOf(record, where, room));
  },
};

function messagesOf({ file }: Input) {
  const list = findList(file.head, 'messages');
  if (!list) throw rejected(file.path, 'is no Discord chat export: no list of "messages" begins in its first 64 KB');
  return list;
}

function outcomeOf(record: Record<string, unknown>, where: string, room: Room): Outcome {
  const message = Message.safeParse(record);
  if (!message.success) {
    const field = message.error.issues[0]?.path.join('.');
    return { skip: `${where}: no Discord message (${field} is missing or of another kind)` };
  }
  const { type, author, content } = message.data;
  if (!SPOKEN.has(type) || author.isBot || !content?.trim()) return { leave: true };
  return { said: saidOf(message.data, content, room) };
}

function saidOf(message: Message, text: string, { guild, channel }: Room): Said {
  const { author } = message;
  const inThread = /thread/i.test(channel?.type ?? '');
  return compact<Said>({
    id: message.id,
    author: compact({ id: author.id, handle: author.name ?? undefined, name: author.nickname ?? undefined }),
    text,
    saidAt: instant(message.timestamp),
    editedAt: instant(message.timestampEdited),
    // Direct messages are exported with the guild "0", and their addresses have @me in its place.
    url: channel && `https://discord.com/channels/${guildOf(guild)}/${encodeURIComponent(channel.id)}/${message.id}`,
    conversationId: inThread ? channel?.id : undefined,
    parentId: message.reference?.messageId ?? undefined,
    platform: 'discord',
    place: channel?.name ? [guild?.name, `#${channel.name}`].filter(Boolean).join(' ') : undefined,
    attachments: (message.attachments ?? []).flatMap(attachmentOf),
  });
}

const guildOf = (guild: Room['guild']) => (guild && guild.id !== '0' ? encodeURIComponent(guild.id) : '@me');

/** Exports with downloaded media name files on the exporter's disk instead of addresses. */
function attachmentOf({ url, fileName }: { url: string; fileName?: string | null | undefined }): Attachment[] {
  const address = safeUrl(url);
  return address ? [compact<Attachment>({ url: address, description: fileName ?? undefined, type: undefined })] : [];
}
