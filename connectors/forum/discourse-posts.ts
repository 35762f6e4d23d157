import { type FoundMention, parseDate, type ReplyPermission, z } from '#kit';
import type { ForumClient } from './client.ts';
import { mentionOf, readOne } from './schema.ts';

/** The kinds of posts that people write; the others are whispers of the staff and notes that a topic was moved. */
const BY_PEOPLE = 1;

const RawPost = z.object({
  id: z.int(),
  username: z.string(),
  name: z.string().nullish(),
  /** Below zero: the forum itself. */
  user_id: z.int(),
  created_at: z.string(),
  updated_at: z.string().nullish(),
  version: z.int().default(1),
  cooked: z.string(),
  /** Counts within the topic; `id` counts over the site. */
  post_number: z.int(),
  post_type: z.int().default(BY_PEOPLE),
  topic_id: z.int(),
  topic_slug: z.string().nullish(),
  topic_title: z.string().nullish(),
  hidden: z.boolean().nullish(),
  deleted_at: z.string().nullish(),
  user_deleted: z.boolean().nullish(),
});
export type RawPost = z.output<typeof RawPost>;

export const OnePost = z.union([z.object({ id: z.int() }).loose(), z.enum(['gone', 'closed'])]);
export const LatestPosts = z.object({ latest_posts: z.array(z.unknown()) });
export const Session = z.object({ current_user: z.object({ id: z.int(), username: z.string().min(1) }) });
export const SiteInfo = z.object({ title: z.string() });

export const Hits = z.object({
  posts: z.array(z.object({ id: z.int(), topic_id: z.int() })).default([]),
  topics: z.array(z.object({ id: z.int(), title: z.string() })).default([]),
  grouped_search_result: z.object({ error: z.string().nullish(), more_full_page_results: z.unknown() }),
});

export const OneTopic = z.object({
  title: z.string(),
  /** Numbers of all posts, oldest first; the posts themselves are there only for the first 20. */
  post_stream: z.object({ stream: z.array(z.int()) }),
});

const Made = z.object({ id: z.int(), topic_id: z.int(), post_number: z.int(), created_at: z.string() });
export type Made = z.output<typeof Made>;

/** A post, or word that it waits for the moderators. */
export const Created = z.union([Made, z.object({ action: z.literal('enqueued') })]);

export const TopicPosts = z.object({
  post_stream: z.object({
    posts: z.array(Made.extend({ username: z.string(), reply_to_post_number: z.coerce.number().nullish() })),
  }),
});

/** What `send` needs to answer here. */
export const ReplyRef = z.object({ topic: z.int(), number: z.int() });

export function postOf(raw: unknown): RawPost | { id: number | undefined; reason: string } {
  const answer = readOne(RawPost, raw);
  if ('read' in answer) return answer.read;
  return { id: z.object({ id: z.int() }).safeParse(raw).data?.id, reason: answer.reason };
}

/** Does everybody see it, and did a person write it? */
export function isShown({ user_id, post_type, hidden, deleted_at, user_deleted }: RawPost): boolean {
  return user_id > 0 && post_type === BY_PEOPLE && !hidden && !deleted_at && !user_deleted;
}

export function toMention(post: RawPost, client: ForumClient, permission: ReplyPermission): FoundMention | undefined {
  const { id, topic_id: topic, post_number: number, username, version } = post;
  const said = {
    id: String(id),
    author: {
      id: String(post.user_id),
      handle: username,
      name: post.name ?? undefined,
      url: client.url(`/u/${encodeURIComponent(username)}`),
    },
    title: number === 1 ? (post.topic_title ?? undefined) : undefined,
    html: post.cooked,
    saidAt: parseDate(post.created_at),
    editedAt: version > 1 && post.updated_at ? parseDate(post.updated_at) : undefined,
    url: client.url(`/t/${encodeURIComponent(post.topic_slug || '-')}/${topic}/${number}`),
    topic: String(topic),
    place: client.host,
    replyRef: { topic, number },
  };
  return mentionOf(said, client, permission);
}
