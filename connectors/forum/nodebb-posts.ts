import { type FoundMention, type ReplyPermission, z } from '#kit';
import type { ForumClient } from './client.ts';
import { Id, mentionOf } from './schema.ts';

/** True, or 1, in different places of the same answer. */
const Flag = z.union([z.boolean(), z.number(), z.null()]).optional().transform(Boolean);

/** As lists and searches give it. A post of another server has its address as its id. */
export const Post = z.object({
  pid: Id,
  tid: Id,
  content: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  /** 0 is a guest. */
  uid: Id,
  timestamp: z.int(),
  deleted: Flag,
  isMainPost: Flag,
  user: z.object({ username: z.string(), userslug: z.string().nullish(), displayname: z.string().nullish() }),
  topic: z.object({ title: z.string(), titleRaw: z.string().nullish(), deleted: Flag }),
  category: z.object({ name: z.string() }).nullish(),
});
export type Post = z.output<typeof Post>;

export const Posts = z.array(z.unknown());
export const Found = z.object({ posts: Posts, pagination: z.object({ pageCount: z.int() }) });
export const Me = z.object({ uid: Id, username: z.string() });
export const Summary = z.union([z.object({ response: Post }), z.literal('gone')]);

const Made = z.object({ pid: Id, timestamp: z.int() });

/** A post, or word that it waits for the moderators. */
export const Created = z.object({ response: z.union([Made, z.object({ queued: z.literal(true) })]) });
export const Replies = z.object({ response: z.object({ replies: z.array(Made.extend({ uid: Id })) }) });

/** What `send` needs to answer here. */
export const ReplyRef = z.object({ topic: z.string(), post: z.string() });

/** Is it still there? */
export function wroteIt({ deleted, topic }: Post): boolean {
  return !deleted && !topic.deleted;
}

export function toMention(post: Post, client: ForumClient, permission: ReplyPermission): FoundMention | undefined {
  const { pid, tid, user, topic, category } = post;
  const said = {
    id: pid,
    author: {
      id: post.uid === '0' ? 'guest' : post.uid,
      handle: user.username,
      name: user.displayname ?? undefined,
      url: user.userslug ? client.url(`/user/${encodeURIComponent(user.userslug)}`) : undefined,
    },
    title: post.isMainPost ? topic.title : undefined,
    html: post.content,
    saidAt: post.timestamp,
    url: client.url(`/post/${encodeURIComponent(pid)}`),
    topic: tid,
    place: category ? `${client.host} · ${category.name}` : client.host,
    replyRef: { topic: tid, post: pid },
  };
  return mentionOf(said, client, permission);
}
