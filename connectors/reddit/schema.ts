import { cleanText, type FoundMention, type ReplyPermission, safeUrl, z } from '#kit';

/** Only what we use. Each thing is checked on its own later, so that a strange one does not take its page along. */
export const Listing = z.object({
  kind: z.literal('Listing'),
  data: z.object({ after: z.string().nullish(), children: z.array(z.unknown()) }),
});
export type Listing = z.output<typeof Listing>;

/** The least that is needed to walk on past a thing, whatever else is wrong with it. */
const Mark = z.object({ data: z.object({ name: z.string(), created_utc: z.number() }) });

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
export const Own = z.object({ data: Made.extend({ parent_id: z.string(), created_utc: z.number() }) });

/** Where a thing stands in its listing: its id and when it was said (ms). Undefined for what has neither. */
export function markOf(thing: unknown): { id: string; at: number } | undefined {
  const mark = Mark.safeParse(thing);
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
export function permissionIn(standing: Standing | undefined): ReplyPermission {
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
