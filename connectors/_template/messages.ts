/** What the platform sends, as far as we use it, turned into our words. */
import { cleanText, type FoundMention, markupToText, parseDate, safeUrl, z } from '#kit';

/** Numbers and texts both occur as ids; we only know texts. */
const Id = z.union([z.string().min(1), z.int()]).transform(String);

/** The fields of a post that we use. What else the platform sends is ignored, so a new field breaks nothing. */
const Post = z
  .object({
    id: Id,
    author: z.object({ id: Id, name: z.string() }),
    title: z.string().default(''),
    body: z.string(),
    created_at: z.string(),
    url: z.string(),
    topic_id: Id,
    reply_to: Id.nullish(),
  })
  .transform(toMention);

/** Each post is checked on its own later, so that a strange one does not take its page along. */
export const Posts = z.object({ posts: z.array(z.unknown()), more: z.boolean() });

export const Me = z.object({ id: Id, name: z.string() });

export const Made = z.object({ id: Id, url: z.string(), created_at: z.string() });
export type Made = z.output<typeof Made>;

/** Own replies, as the search for them gives them back. */
export const Own = z.object({ posts: z.array(Made.extend({ body: z.string() })) });

/** A post in our words, or what is wrong with it. */
export function readPost(post: unknown): { found: FoundMention } | { id: string | undefined; reason: string } {
  const read = Post.safeParse(post);
  if (read.success) return { found: read.data };
  const id = z.object({ id: Id }).safeParse(post).data?.id;
  return { id, reason: z.prettifyError(read.error) };
}

interface PostFields {
  id: string;
  author: { id: string; name: string };
  title: string;
  body: string;
  created_at: string;
  url: string;
  topic_id: string;
  reply_to?: string | null | undefined;
}

function toMention(post: PostFields): FoundMention {
  const saidAt = parseDate(post.created_at);
  const url = safeUrl(post.url);
  const name = cleanText(post.author.name);
  return {
    nativeId: post.id,
    author: { id: post.author.id, ...(name && { handle: name }) },
    text: [cleanText(post.title), markupToText(post.body, url)].filter(Boolean).join('\n'),
    conversationId: post.topic_id,
    // What `send` needs to answer here. Nobody else looks into it.
    replyRef: JSON.stringify({ topic: post.topic_id, post: post.id }),
    permission: { how: 'api' },
    ...(saidAt !== undefined && { saidAt }),
    ...(url && { url }),
    ...(post.reply_to && { parentId: post.reply_to }),
  };
}
