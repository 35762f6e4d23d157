/** What is said on Facebook: its shapes, posts and comments in our words, our answers, and the end of a token. */
import {
  cleanText,
  type FoundMention,
  type Posted,
  parseDate,
  type ReplyOrder,
  type ReplyPermission,
  safeUrl,
  z,
} from '#kit';
import { unlessGone } from './access.ts';
import type { FacebookClient } from './client.ts';

/** How long before its end a token is spoken of. */
const WARN_MS = 14 * 86_400_000;

/** Ids are texts: "page_post" for a post, "post_comment" for a comment. */
const Id = z.string().min(1);
const Time = z.string().transform((text, context) => {
  const at = parseDate(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: `"${text}" is no time` });
  return z.NEVER;
});

export const Me = z.object({ id: Id, name: z.string() });

/** A page of a list. Each item is checked on its own later, so that a strange one does not take its page along. */
export const Listing = z
  .object({
    data: z.array(z.unknown()),
    paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
  })
  // `next` says that there is more; its address holds the token, so only the place in the list is taken from it.
  .transform(({ data, paging }) => ({ data, after: (paging?.next && paging.cursors?.after) || '' }));
export type Listing = z.output<typeof Listing>;

/** What both posts and comments are made of. Fields that are not allowed to us are left out by Facebook. */
export const Item = z.object({
  id: Id,
  message: z.string().default(''),
  from: Me.optional(),
  created_time: Time,
  permalink_url: z.string().optional(),
  parent: z.object({ id: Id }).optional(),
  can_comment: z.boolean().optional(),
  attachment: z.object({ type: z.string() }).optional().catch(undefined),
});
export type Item = z.output<typeof Item>;

const WithComments = z.object({ id: Id, comments: Listing.optional() });

/** Which apps are told of what happens on our Page: the token's own. */
export const Subscriptions = z
  .object({ data: z.array(z.object({ subscribed_fields: z.array(z.string()).default([]) })) })
  .transform(({ data }) => new Set(data.flatMap(({ subscribed_fields }) => subscribed_fields)));

export const Objects = z.record(z.string(), z.unknown());
export const Made = z.object({ id: Id });

/** https://developers.facebook.com/docs/graph-api/reference/debug_token. Times in seconds, 0 for never. */
export const Token = z
  .object({
    data: z.object({
      type: z.string().default('UNKNOWN'),
      is_valid: z.boolean(),
      expires_at: z.int().default(0),
      data_access_expires_at: z.int().default(0),
      scopes: z.array(z.string()).default([]),
    }),
  })
  .transform(({ data }) => data);
export type Token = z.output<typeof Token>;

export function itemOf(raw: unknown): Item | { id: string | undefined; reason: string } {
  const read = Item.safeParse(raw);
  if (read.success) return read.data;
  return { id: z.object({ id: Id }).safeParse(raw).data?.id, reason: z.prettifyError(read.error) };
}

/** The newest comments that came with a post. */
export function commentsIn(post: unknown): ({ post: string } & Listing) | undefined {
  const { success, data } = WithComments.safeParse(post);
  return success && data.comments ? { post: data.id, ...data.comments } : undefined;
}

/** When the oldest of them was written; for ever where that cannot be said, so that reading goes on. */
export function oldestIn(items: readonly unknown[]): number {
  const times = items.flatMap((raw) => z.object({ created_time: Time }).safeParse(raw).data?.created_time ?? []);
  return Math.min(...times);
}

/** In our words. `post`: what it is a comment on, undefined for a post. Nothing where there are no words and no picture. */
export function toMention(item: Item, post?: string): FoundMention | undefined {
  const text = cleanText(item.message) || (item.attachment ? `[${item.attachment.type}]` : '');
  if (!text) return undefined;
  const url = safeUrl(item.permalink_url, 'https://www.facebook.com');
  const name = cleanText(item.from?.name ?? '');
  const root = item.parent?.id ?? item.id;
  const parentId = item.parent?.id ?? post;
  return {
    nativeId: item.id,
    // Facebook often keeps the author to itself. Two of those must not be taken for one person.
    author: item.from
      ? { id: item.from.id, ...(name && { name }) }
      : { id: `unknown ${item.id}`, name: 'Facebook user' },
    text,
    saidAt: item.created_time,
    // A comment with its answers: under one post stand many people who have nothing to do with each other.
    conversationId: root,
    // There are two levels only: an answer to an answer is put below the first comment.
    replyRef: root,
    permission: permissionOf(item),
    ...(url && { url }),
    ...(parentId && { parentId }),
  };
}

function permissionOf({ can_comment }: Item): ReplyPermission {
  if (can_comment !== false) return { how: 'api' };
  return {
    how: 'by-hand',
    why: 'Facebook does not let our Page answer here. Comments may be switched off or limited.',
  };
}

/** Why the token will soon be worth nothing, if so: by itself, or since a person has to agree again every 90 days. */
export function endingOf({ is_valid, expires_at, data_access_expires_at }: Token, now: number): string | undefined {
  if (!is_valid) return 'The token is not valid any more. Make a new one.';
  const ends = [expires_at, data_access_expires_at].filter((at) => at > 0).map((at) => at * 1000);
  const end = Math.min(...ends);
  if (end > now + WARN_MS) return undefined;
  const day = new Date(end).toISOString().slice(0, 10);
  return `The token, or its access to data, ends on ${day}. Make a new one before that; the README says how.`;
}

/** How far Facebook's clock and ours may be apart. */
const SLACK_MS = 2 * 60_000;

/** Looks through what stands below the message, newest first, for our text, no older than the first try. */
export async function find(client: FacebookClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const notBefore = order.firstTriedAt - SLACK_MS;
  for (let after = ''; ; ) {
    const page = await unlessGone(client.comments(order.replyRef ?? order.nativeId, after, signal));
    // With the message went our answer, if there was one.
    if (!page) return null;
    const ours = page.data
      .map(itemOf)
      .find((one) => 'from' in one && one.from?.id === client.options.page && plain(one.message) === plain(order.text));
    if (ours && 'created_time' in ours && ours.created_time >= notBefore) {
      return asPosted(ours.id, ours.created_time, ours.permalink_url);
    }
    if (!page.after || oldestIn(page.data) < notBefore) return null;
    after = page.after;
  }
}

/** Facebook trims, and may fold spaces. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

export function asPosted(nativeId: string, postedAt: number, address?: string): Posted {
  const url = safeUrl(address ?? `/${nativeId}`, 'https://www.facebook.com');
  return { nativeId, postedAt, ...(url && { url }) };
}
