/** What is said on X: the posts of others in our words, whether a program may answer them, and our answers. */
import {
  asFailure,
  ConnectorError,
  cleanText,
  type FoundMention,
  type Posted,
  parseDate,
  type ReplyOrder,
  type ReplyPermission,
  safeUrl,
  snowflakesSince,
  z,
} from '#kit';
import { isDuplicate } from './access.ts';
import type { XClient } from './client.ts';

/** Since November 2010 ids of X begin with their time. */
export const { at: idAt, timeOf } = snowflakesSince(1_288_834_974_657);
export const FIRST_DAY = Date.UTC(2010, 10, 7);

/** Ids are texts: as numbers they would already have lost their last digits. */
const Id = z.string().regex(/^\d{1,25}$/);
/** A field that we can do without is left out when it is strange. */
const lenient = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

export const Me = z.object({ id: Id, username: z.string().min(1) });
export type Me = z.output<typeof Me>;

export const Made = z.object({ data: z.object({ id: Id }) }).transform(({ data }) => data);
export type Made = z.output<typeof Made>;

const User = z.object({ id: Id, username: z.string(), name: lenient(z.string()) });

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
  const escaped = post.note_tweet?.text ?? post.text;
  let text = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
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

/**
 * X takes a reply by program only where the author of that very post mentions the replying account or quotes one of its
 * posts (change log of docs.x.com, in force since 2026-02-23), however a person approved it. What an author allows to
 * nobody but their circle, we leave to a person too.
 */
export function permissionFor(post: Post, page: Pick<PageOfPosts, 'quoted'>, us: Me): ReplyPermission {
  const mentioned = mentionsUs(post, us);
  if (!mentioned && !quotesUs(post, page, us)) {
    return byHand(`the author neither mentioned @${us.username} nor quoted a post of ours`);
  }
  const { reply_settings: setting = 'everyone' } = post;
  if (setting === 'everyone' || (mentioned && /^mentioned_?users$/i.test(setting))) return { how: 'api' };
  return byHand(`the author lets only some accounts reply ("${setting}")`);
}

function byHand(why: string): ReplyPermission {
  return {
    how: 'by-hand',
    why: `X takes no reply by program here: ${why}. Open the post and answer as a person, if you may.`,
  };
}

/** In the author's own words, the hidden part of a long post included. */
function mentionsUs(post: Post, us: Me): boolean {
  const entities = [post.entities, post.note_tweet?.entities].flatMap((one) => one?.mentions ?? []);
  if (entities.some(({ id, username }) => id === us.id || isUs(username, us))) return true;
  const text = post.note_tweet?.text ?? post.text;
  return [...text.matchAll(/(?<![\w@＠.+-])[@＠](\w{1,15})(?![\w@＠])/g)].some(([, handle]) => isUs(handle ?? '', us));
}

/** By who wrote the quoted post, or by the link to it that every quote holds. */
function quotesUs(post: Post, { quoted }: Pick<PageOfPosts, 'quoted'>, us: Me): boolean {
  const ids = post.referenced_tweets.flatMap(({ type, id }) => (type === 'quoted' ? [id] : []));
  if (quoted.some(({ id, author_id }) => ids.includes(id) && author_id === us.id)) return true;
  const links = [post.entities, post.note_tweet?.entities].flatMap((one) => one?.urls ?? []);
  return links.some(({ expanded_url = '' }) => {
    const [, handle = '', id = ''] =
      /^https:\/\/(?:www\.)?(?:x|twitter)\.com\/(\w+)\/status\/(\d+)/i.exec(expanded_url) ?? [];
    return isUs(handle, us) && ids.includes(id);
  });
}

function isUs(handle: string, us: Me): boolean {
  return handle.toLowerCase() === us.username.toLowerCase();
}

/** Asked of every automated account (docs.x.com, developer guidelines, read 2026-11-22). */
export const OPTED_OUT = {
  how: 'never',
  why: 'The author asked us to stop answering, and X asks every automated account to obey that at once.',
} satisfies ReplyPermission;

/** Our clock and that of X may differ by this much. */
const CLOCKS_MS = 5 * 60_000;
/** A second try comes later than this after the first. */
const SAME_TRY_MS = 2_000;
const DAY_MS = 86_400_000;
/** The most that X gives out of one account's posts is 3,200. */
const MOST_PAGES = 32;
/** Checking first must not use up the time for sending. */
const CHECK_MS = 4_000;

/** Anything that X would make a link of, and charge for. */
const LINK = /https?:\/\/|(?<![\w@.-])(?:[a-z\d-]+\.)+[a-z]{2,24}(?![\w@])/i;

/** What X charges for a reply with these words. */
export function priceOf({ options: { prices } }: XClient, text: string): number {
  return LINK.test(text) ? prices.linkReply : prices.reply;
}

/** Posts the text once, where we have not answered yet. */
export async function send(client: XClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  // Whoever said stop after a person approved is not answered any more.
  const silent = await client.optOuts.take([]);
  if (order.authorId !== undefined && silent.has(order.authorId)) throw new ConnectorError('rejected', OPTED_OUT.why);
  // Only for a look and an address; who may send, X decides.
  const me = await client.me(briefly(signal)).catch(() => undefined);
  const answered = me && (await answeredBefore(client, me, order, signal));
  if (answered) return answered;
  const price = priceOf(client, order.text);
  await client.spend.reserve(price).catch((thrown) => Promise.reject(asFailure(thrown)));
  try {
    const { id } = await client.reply(targetOf(order), order.text, signal);
    return postedAs(client, id, me?.username);
  } catch (thrown) {
    // A clear no costs nothing. What may have arrived stays counted.
    const arrived = !(thrown instanceof ConnectorError) || /^(?:unknown-outcome|bad-shape)$/.test(thrown.kind);
    if (!arrived) await client.spend.add(-price).catch(() => {});
    if (isDuplicate(thrown)) return sentBefore(client, order, signal);
    throw thrown;
  }
}

/** Our own post that answers this one, or null. Looks through everything we posted since the first try. */
export async function find(client: XClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const me = await client.me(signal);
  const since = order.firstTriedAt - CLOCKS_MS;
  const start = since > FIRST_DAY ? { start_time: `${new Date(since).toISOString().slice(0, 19)}Z` } : {};
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const max = await client.spend.affordable(client.options.prices.ownedRead, 100, 5);
    const page = await client.ownPosts(
      { ...start, max_results: max, ...(token && { pagination_token: token }) },
      signal,
    );
    await client.spend.add(page.data.length * client.options.prices.ownedRead);
    const ours = page.data.flatMap((item) => answering(item, order));
    if (ours[0]) return postedAs(client, ours[0].id, me.username);
    token = page.token;
    if (token === undefined) return null;
  }
  throw new ConnectorError(
    'unavailable',
    'We posted more since then than X gives out. Please look for the reply yourself.',
  );
}

/**
 * X allows one reply for each time somebody turns to us, whoever of us wrote it. The search for one is free when there is
 * none. It is a second look only: when it fails, or has not yet heard of a reply, the state of the mention still holds.
 */
async function answeredBefore(
  client: XClient,
  me: Me,
  order: ReplyOrder,
  signal: AbortSignal,
): Promise<Posted | undefined> {
  const words = `from:${me.username} in_reply_to_tweet_id:${targetOf(order)}`;
  const page = await client.spend
    .affordable(client.options.prices.post, 10, 10)
    .then((most) => client.search(words, { max_results: most }, briefly(signal)))
    .catch(() => undefined);
  signal.throwIfAborted();
  if (!page) return undefined;
  await client.spend.add(page.data.length * client.options.prices.post).catch(() => {});
  const [reply] = page.data.flatMap((item) => answering(item, order));
  if (!reply) return undefined;
  const posted = postedAs(client, reply.id, me.username);
  const isThisOne =
    order.firstTriedAt < client.now() - SAME_TRY_MS && posted.postedAt >= order.firstTriedAt - CLOCKS_MS;
  if (isThisOne) return posted;
  throw new ConnectorError('rejected', `We have answered this post already: ${posted.url}. X allows one reply to it.`);
}

/** X says that we have just posted these words. Either this very reply got through at the first try, or they stand elsewhere. */
async function sentBefore(client: XClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const unknown = (why: string) =>
    new ConnectorError('unknown-outcome', `X says that these words are posted already, and ${why}.`);
  const posted = await find(client, order, signal).catch((thrown) => {
    throw unknown(`looking for them failed (${thrown instanceof Error ? thrown.message : thrown})`);
  });
  if (posted) return posted;
  if (order.firstTriedAt < client.now() - SAME_TRY_MS) throw unknown('they are not yet among our posts');
  throw new ConnectorError(
    'rejected',
    'X refuses it, since we posted the same words a short while ago. Change the wording and approve it again.',
  );
}

/** An edited post has several ids: the reply went to the newest, the mention is known by the first. */
function answering(item: unknown, order: ReplyOrder): Post[] {
  const read = postOf(item);
  if (!('post' in read)) return [];
  const targets = [order.nativeId, targetOf(order)];
  const isReply = read.post.referenced_tweets.some(({ type, id }) => type === 'replied_to' && targets.includes(id));
  return isReply ? [read.post] : [];
}

function briefly(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]);
}

function targetOf({ replyRef, nativeId }: ReplyOrder): string {
  return replyRef ?? nativeId;
}

function postedAs(client: XClient, id: string, username = 'i'): Posted {
  const made = timeOf(id);
  const now = client.now();
  const postedAt = made > FIRST_DAY && made < now + DAY_MS ? made : now;
  return { nativeId: id, url: `https://x.com/${username}/status/${id}`, postedAt };
}
