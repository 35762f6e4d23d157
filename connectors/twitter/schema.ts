import { cleanText, type FoundMention, parseDate, safeUrl, snowflakesSince, z } from '#kit';
import { permissionFor } from './permission.ts';

/** Since November 2010 ids of X begin with their time. */
export const { at: idAt, timeOf } = snowflakesSince(1_288_834_974_657);

/** Ids are texts: as numbers they would already have lost their last digits. */
const Id = z.string().regex(/^\d{1,25}$/);
/** A field that we can do without is left out when it is strange. */
const lenient = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

export const Me = z.object({ id: Id, username: z.string().min(1) });
export type Me = z.output<typeof Me>;

export const Pair = z.object({
  access: z.string().min(1),
  refresh: z.string().min(1),
  expiresInS: z.number().positive(),
  /** Empty where X did not say it. */
  scope: lenient(z.array(z.string()).nonempty()),
});

export const Made = z.object({ data: z.object({ id: Id }) }).transform(({ data }) => data);
export type Made = z.output<typeof Made>;

const User = z.object({ id: Id, username: z.string(), name: lenient(z.string()) });
export type User = z.output<typeof User>;

const Entities = z.object({
  mentions: lenient(z.array(z.object({ username: z.string(), id: lenient(Id) }))),
  urls: lenient(z.array(z.object({ url: z.string(), expanded_url: lenient(z.string()) }))),
});

/** X is renaming tweets to posts, field by field. What comes by its new name is read by its old one. */
const RENAMED = {
  note_post: 'note_tweet',
  referenced_posts: 'referenced_tweets',
  edit_history_post_ids: 'edit_history_tweet_ids',
  in_reply_to_post_id: 'in_reply_to_tweet_id',
  posts: 'tweets',
};

function byOldNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const renamed: Record<string, unknown> = { ...value };
  for (const [next, old] of Object.entries(RENAMED)) renamed[old] ??= renamed[next];
  return renamed;
}

const PostFields = z.object({
  id: Id,
  text: z.string(),
  author_id: lenient(Id),
  created_at: lenient(z.string()),
  conversation_id: lenient(Id),
  referenced_tweets: z.array(z.object({ type: z.string(), id: Id })).default([]),
  note_tweet: lenient(z.object({ text: z.string(), entities: lenient(Entities) })),
  entities: lenient(Entities),
  lang: lenient(z.string()),
  reply_settings: lenient(z.string()),
  edit_history_tweet_ids: lenient(z.array(Id)),
});
const Post = z.preprocess(byOldNames, PostFields);
export type Post = z.output<typeof PostFields>;

const list = z.array(z.unknown()).optional();
const Problem = z.object({
  title: lenient(z.string()),
  detail: lenient(z.string()),
  type: lenient(z.string()),
  resource_id: lenient(z.string()),
  value: lenient(z.string()),
});

/**
 * A page of posts. Each post is checked on its own later, so that a strange one does not take its page along. A page with
 * neither posts nor a count is no page: "nothing" has to be said.
 */
export const PageOfPosts = z
  .object({
    data: list,
    includes: z.preprocess(byOldNames, z.object({ users: list, tweets: list }).optional()),
    errors: z.array(Problem).optional(),
    meta: z.object({ result_count: lenient(z.int()), next_token: lenient(z.string().min(1)) }).optional(),
  })
  .refine(({ data, errors, meta }) => data || errors || meta?.result_count === 0, 'neither posts nor a count')
  .transform(({ data = [], includes, errors = [], meta }) => ({
    data,
    errors,
    users: eachOf(User, includes?.users),
    quoted: eachOf(Post, includes?.tweets),
    token: meta?.next_token,
  }));
export type PageOfPosts = z.output<typeof PageOfPosts>;

function eachOf<T>(shape: z.ZodType<T>, items: readonly unknown[] = []): T[] {
  return items.flatMap((item) => shape.safeParse(item).data ?? []);
}

export function postOf(value: unknown): { post: Post } | { id: string | undefined; reason: string } {
  const read = Post.safeParse(value);
  if (read.success) return { post: read.data };
  const id = z.object({ id: Id }).safeParse(value).data?.id;
  return { id, reason: z.prettifyError(read.error) };
}

/** A repost says nothing of its own, and of an edited post only the newest version counts. */
export function isNothingNew({ id, referenced_tweets, edit_history_tweet_ids }: Post): boolean {
  const newest = edit_history_tweet_ids?.at(-1) ?? id;
  return newest !== id || referenced_tweets.some(({ type }) => type === 'retweeted' || type === 'reposted');
}

/** A post in our words. All versions of an edited post are one mention, under the id of the first. */
export function mentionOf(post: Post, page: Pick<PageOfPosts, 'users' | 'quoted'>, us: Me): FoundMention {
  const author = page.users.find(({ id }) => id === post.author_id);
  const [first = post.id] = post.edit_history_tweet_ids ?? [];
  const parentId = post.referenced_tweets.find(({ type }) => type === 'replied_to')?.id;
  const saidAt = first === post.id ? parseDate(post.created_at ?? '') : timeOf(first);
  const lang = post.lang && !/^(?:q|und$|zxx$|art$)/.test(post.lang) ? post.lang : undefined;
  const handle = author?.username;
  const name = author?.name && cleanText(author.name);
  return {
    nativeId: first,
    author: {
      id: post.author_id ?? '',
      ...(handle && { handle, url: `https://x.com/${encodeURIComponent(handle)}` }),
      ...(name && { name }),
    },
    text: cleanText([ownText(post), quotedText(post, page)].filter(Boolean).join('\n')),
    url: `https://x.com/${handle ? encodeURIComponent(handle) : 'i'}/status/${post.id}`,
    // The version that a reply has to go to.
    replyRef: post.id,
    permission: permissionFor(post, page, us),
    ...(saidAt !== undefined && { saidAt }),
    ...(first !== post.id && { editedAt: timeOf(post.id) }),
    ...(post.conversation_id && { conversationId: post.conversation_id }),
    ...(parentId && { parentId }),
    ...(lang && { langHint: lang }),
  };
}

/** The whole text of a long post, with its links written out. X escapes three characters. */
function ownText(post: Post): string {
  let text = unescaped(post.note_tweet?.text ?? post.text);
  for (const { url, expanded_url } of (post.note_tweet?.entities ?? post.entities)?.urls ?? []) {
    const full = expanded_url && safeUrl(expanded_url);
    if (url && full) text = text.replaceAll(url, () => full);
  }
  return text;
}

function quotedText(post: Post, { quoted, users }: Pick<PageOfPosts, 'users' | 'quoted'>): string {
  const id = post.referenced_tweets.find(({ type }) => type === 'quoted')?.id;
  const other = quoted.find((one) => one.id === id);
  if (!other) return '';
  const handle = users.find((user) => user.id === other.author_id)?.username;
  return `${handle ? `@${handle}: ` : ''}${ownText(other)}`.replace(/^/gm, '> ');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
