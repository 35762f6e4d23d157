import {
  cleanText,
  type FoundMention,
  htmlToText,
  type Instant,
  markupToText,
  type ReplyPermission,
  safeUrl,
  z,
} from '#kit';
import type { ForumClient } from './client.ts';

/** Numbers on most forums; addresses for posts that came from elsewhere. We only know texts. */
export const Id = z.union([z.string().min(1).max(500), z.int()]).transform(String);

/** What a forum says of one post, in the words that all of them share. */
export interface Said {
  id: string;
  author: { id: string; handle?: string | undefined; name?: string | undefined; url?: string | undefined };
  /** Plain text or with entities. Only for what begins a topic. */
  title?: string | undefined;
  html: string;
  saidAt: Instant | undefined;
  editedAt?: Instant | undefined;
  url: string;
  topic: string;
  place: string;
  replyRef?: object;
}

/** A post as a mention, or undefined where nothing is said in it (a picture alone, an empty text). */
export function mentionOf(said: Said, client: ForumClient, permission: ReplyPermission): FoundMention | undefined {
  const url = safeUrl(said.url);
  const title = markupToText(said.title ?? '').replace(/\s+/g, ' ');
  const text = [title, htmlToText(said.html, url)].filter(Boolean).join('\n');
  if (!text) return undefined;
  const { saidAt, editedAt } = said;
  const handle = cleanText(said.author.handle ?? '');
  const name = markupToText(said.author.name ?? '').slice(0, 200);
  const page = safeUrl(said.author.url);
  return {
    nativeId: client.nativeId(said.id),
    author: {
      id: said.author.id,
      ...(handle && { handle }),
      ...(name && name !== handle && { name }),
      ...(page && { url: page }),
    },
    text,
    conversationId: client.nativeId(`t/${said.topic}`),
    permission,
    place: said.place,
    ...(url && { url }),
    ...(saidAt !== undefined && { saidAt }),
    ...(editedAt !== undefined && saidAt !== undefined && editedAt > saidAt && { editedAt }),
    ...(said.replyRef && { replyRef: JSON.stringify(said.replyRef) }),
  };
}

/** One thing of a list, checked on its own, so that a strange one does not take its page along. */
export function readOne<T>(shape: z.ZodType<T>, raw: unknown): { read: T } | { reason: string } {
  const answer = shape.safeParse(raw);
  return answer.success ? { read: answer.data } : { reason: z.prettifyError(answer.error) };
}
