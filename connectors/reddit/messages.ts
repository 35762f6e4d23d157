/** What is said on Reddit: posts and comments in our words, whether we may answer them, and our answers. */
import {
  ConnectorError,
  cleanText,
  type FoundMention,
  type Instant,
  type Posted,
  type ReplyOrder,
  type ReplyPermission,
  safeUrl,
  z,
} from '#kit';
import type { RedditApi } from './client.ts';

/** Only what we use. Each thing is checked on its own later, so that a strange one does not take its page along. */
export const Listing = z.object({
  kind: z.literal('Listing'),
  data: z.object({ after: z.string().nullish(), children: z.array(z.unknown()) }),
});
export type Listing = z.output<typeof Listing>;

/** The least that is needed to walk on past a thing, whatever else is wrong with it. */
const Marked = z.object({ data: z.object({ name: z.string(), created_utc: z.number() }) });

const Item = z.object({
  name: z.string().regex(/^t[13]_[a-z\d]+$/),
  author: z.string().min(1),
  author_fullname: z.string().nullish(),
  title: z.string().nullish(),
  selftext: z.string().nullish(),
  body: z.string().nullish(),
  created_utc: z.number(),
  edited: z.union([z.boolean(), z.number()]).nullish(),
  permalink: z.string().nullish(),
  context: z.string().nullish(),
  link_id: z.string().nullish(),
  parent_id: z.string().nullish(),
  subreddit: z.string().nullish(),
  subreddit_id: z.string().nullish(),
  url: z.string().nullish(),
  is_self: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  removed_by_category: z.string().nullish(),
});
export type Item = z.output<typeof Item>;

export const Me = z.object({ id: z.string(), name: z.string(), is_suspended: z.boolean().nullish() });
export type Me = z.output<typeof Me>;

/** How our account stands in a subreddit. */
export const Standing = z.object({
  data: z.object({
    name: z.string(),
    display_name: z.string(),
    subreddit_type: z.string().nullish(),
    user_is_banned: z.boolean().nullish(),
    user_is_contributor: z.boolean().nullish(),
    user_is_moderator: z.boolean().nullish(),
    restrict_commenting: z.boolean().nullish(),
  }),
});
export type Standing = z.output<typeof Standing>['data'];

const Made = z.object({ name: z.string(), permalink: z.string().nullish(), created_utc: z.number().nullish() });

/** The answer to a comment: errors come with status 200. */
export const Commented = z.object({
  json: z.object({
    errors: z.array(z.array(z.unknown())).default([]),
    ratelimit: z.number().nullish(),
    data: z.object({ things: z.array(z.object({ data: Made })) }).nullish(),
  }),
});
export type Commented = z.output<typeof Commented>;

/** One of our own comments, as the look-up needs it. */
const Own = z.object({ data: Made.extend({ parent_id: z.string(), created_utc: z.number() }) });

/** Where a thing stands in its listing: its id and when it was said. */
export interface Mark {
  id: string;
  at: Instant;
}

/** Undefined for what has neither. */
export function markOf(thing: unknown): Mark | undefined {
  const mark = Marked.safeParse(thing);
  return mark.success ? { id: mark.data.data.name, at: mark.data.data.created_utc * 1000 } : undefined;
}

/** A post or comment with the fields we know, or what is wrong with it. */
export function itemOf(thing: unknown): Item | { reason: string } {
  const data = z.object({ data: z.unknown() }).safeParse(thing);
  const item = Item.safeParse(data.data?.data);
  return item.success ? item.data : { reason: z.prettifyError(item.error) };
}

/** Deleted by its author, with its author, or removed by moderators or Reddit: what is to be erased here too. */
export function isGone({ author, body, selftext, removed_by_category }: Item): boolean {
  const words = body ?? selftext ?? '';
  return author === '[deleted]' || Boolean(removed_by_category) || /^\[ ?(deleted|removed)\b[^\]\n]*\]$/i.test(words);
}

/** A post or comment in our words. `mayAnswer` is what is known beyond the thing itself: rights, bans. */
export function toMention(item: Item, mayAnswer: ReplyPermission): FoundMention | { reason: string } {
  const text = [item.title, item.body ?? item.selftext]
    .map((part) => cleanText(part ?? ''))
    .filter(Boolean)
    .join('\n');
  if (!text) return { reason: 'It has no text.' };
  const url = safeUrl(item.permalink ?? item.context ?? undefined, 'https://www.reddit.com');
  const conversationId = threadOf(item);
  const isPost = item.name.startsWith('t3_');
  const linked = isPost && item.is_self !== true ? safeUrl(item.url ?? undefined, 'https://www.reddit.com') : undefined;
  const profile = `https://www.reddit.com/user/${encodeURIComponent(item.author)}`;
  return {
    nativeId: item.name,
    author: { id: item.author_fullname ?? item.author, handle: item.author, url: profile },
    text,
    saidAt: Math.round(item.created_utc * 1000),
    permission: permissionOf(item, mayAnswer),
    ...(typeof item.edited === 'number' && { editedAt: Math.round(item.edited * 1000) }),
    ...(url && { url: url.replace(/\?context=\d+$/, '') }),
    ...(conversationId && { conversationId }),
    ...(item.parent_id && { parentId: item.parent_id }),
    ...(item.subreddit && { place: `r/${item.subreddit}` }),
    ...(linked && linked !== url && { attachments: [{ url: linked }] }),
  };
}

/** A username mention names no thread but in its address. */
function threadOf({ name, link_id, context, permalink }: Item): string | undefined {
  if (name.startsWith('t3_')) return name;
  const id = /\/comments\/([a-z\d]+)\//.exec(context ?? permalink ?? '')?.[1];
  return link_id ?? (id && `t3_${id}`);
}

function permissionOf({ locked, archived }: Item, mayAnswer: ReplyPermission): ReplyPermission {
  if (locked) return { how: 'never', why: 'It is locked: only moderators can answer there.' };
  if (archived) return { how: 'never', why: 'The thread is archived: nobody can answer there any more.' };
  return mayAnswer;
}

/** May this account answer in this subreddit at all? */
function permissionIn(standing: Standing | undefined): ReplyPermission {
  if (!standing) return { how: 'api' };
  const place = `r/${standing.display_name}`;
  if (standing.user_is_banned) {
    return {
      how: 'never',
      why: `Our account is banned from ${place}. Answering with another one is against Reddit's rules.`,
    };
  }
  if (standing.subreddit_type === 'archived')
    return { how: 'never', why: `${place} is archived: nobody can answer there.` };
  if (standing.restrict_commenting && !standing.user_is_contributor && !standing.user_is_moderator) {
    return {
      how: 'by-hand',
      why: `Only approved members may comment in ${place}. Ask its moderators, or answer with an approved account.`,
    };
  }
  return { how: 'api' };
}

/** What the rights of our key and our standing in each subreddit allow. */
export async function permissionsFor(
  api: RedditApi,
  items: readonly Item[],
  signal: AbortSignal,
): Promise<(item: Item) => ReplyPermission> {
  if (!api.may('submit')) {
    const why =
      api.access === 'account'
        ? 'The key has no right to comment (submit).'
        : 'Reddit is read without an account here.';
    return () => ({ how: 'by-hand', why: `${why} Post the reply on Reddit and confirm.` });
  }
  const standing = await api.standings(
    items.flatMap(({ subreddit_id }) => subreddit_id ?? []),
    signal,
  );
  return ({ subreddit_id }) => permissionIn(subreddit_id ? standing(subreddit_id) : undefined);
}

/** How far Reddit's clock and ours may be apart. */
const SLACK_MS = 2 * 60_000;
const PAGE = 100;

/** Comments once. @throws ConnectorError; `unknown-outcome` or `bad-shape` when nobody can say whether it is there */
export async function send(api: RedditApi, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const answer = await api.comment(order, signal);
  const refused = refusedComment(answer, api.now());
  if (refused) throw refused;
  const made = answer.json.data?.things[0]?.data;
  if (made) return asPosted(made, api.now());
  throw new ConnectorError('bad-shape', 'Reddit took the reply, but its answer does not say which comment it became.');
}

/**
 * Looks through our own comments, newest first, for one under this message that is no older than the first try.
 *
 * @throws ConnectorError, also when the listing breaks off before it is that old: not found must mean not there
 */
export async function find(api: RedditApi, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const notBefore = order.firstTriedAt - SLACK_MS;
  for (let after: string | undefined, count = 0; ; ) {
    const { data } = await api.ownComments({ sort: 'new', limit: PAGE, ...(after && { after, count }) }, signal);
    if (after && data.children.length === 0) {
      throw new ConnectorError(
        'unavailable',
        'Our own comments changed while they were looked through. Looked through again later.',
      );
    }
    const own = data.children.flatMap((child) => Own.safeParse(child).data?.data ?? []);
    const ours = own.find((one) => one.parent_id === order.nativeId && one.created_utc * 1000 >= notBefore);
    if (ours) return asPosted(ours, api.now());
    const last = own.at(-1);
    if (!data.after || (last && last.created_utc * 1000 < notBefore)) return null;
    after = data.after;
    count += data.children.length;
  }
}

function asPosted(
  {
    name,
    permalink,
    created_utc,
  }: { name: string; permalink?: string | null | undefined; created_utc?: number | null | undefined },
  now: number,
): Posted {
  const url = safeUrl(permalink ?? undefined, 'https://www.reddit.com');
  return { nativeId: name, postedAt: created_utc ? Math.round(created_utc * 1000) : now, ...(url && { url }) };
}

/** What the words of a refused comment mean. Reddit sends them with status 200. */
function refusedComment({ json }: Commented, now: Instant): ConnectorError | undefined {
  const [first] = json.errors;
  if (!first) return undefined;
  const [code, said] = first.map(String);
  if (code === 'RATELIMIT') {
    const until = now + Math.ceil(waitIn(said ?? '', json.ratelimit ?? undefined));
    return new ConnectorError(
      'rate-limited',
      'Reddit wants our account to pause between comments. The reply goes out after that.',
      { until },
    );
  }
  if (code === 'USER_REQUIRED') {
    return new ConnectorError(
      'unauthorized',
      'Reddit does not see an account behind the key. Make a new refresh token.',
    );
  }
  const why =
    REFUSALS[code ?? ''] ?? `Reddit refuses this comment: ${said || code}. Change it, or dismiss the mention.`;
  return new ConnectorError('rejected', why);
}

const REFUSALS: Record<string, string> = {
  THREAD_LOCKED: 'The thread was locked: only moderators can answer there now.',
  COMMENT_LOCKED: 'The comment was locked: only moderators can answer it now.',
  TOO_OLD: 'The thread is archived: it is too old to be answered.',
  DELETED_COMMENT: 'The comment was deleted, so there is nothing to answer any more.',
  DELETED_LINK: 'The post was deleted, so there is nothing to answer any more.',
  NO_TEXT: 'Reddit takes no empty comment. Write a text.',
  TOO_LONG: 'The reply is too long for Reddit. Shorten it.',
  USER_BLOCKED: 'The author has blocked our account, so it cannot answer.',
  BANNED_FROM_SUBREDDIT: 'Our account is banned from this subreddit.',
};

const UNIT_MS: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };

/** "Take a break for 9 minutes before trying again": one second more, since the number is rounded. */
function waitIn(said: string, seconds: number | undefined): number {
  const [, count, unit] = /(\d+)\s+(millisecond|second|minute|hour)s?/i.exec(said) ?? [];
  const named = count ? Number(count) * (UNIT_MS[unit?.toLowerCase() ?? ''] ?? 60_000) : 0;
  return Math.max(named, (seconds ?? 0) * 1000, count || seconds ? 0 : 60_000) + 1000;
}
