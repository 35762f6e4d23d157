/**
 * What goes between a client and Reddit's API, as far as https://www.reddit.com/dev/api and
 * https://github.com/reddit-archive/reddit/wiki/JSON tell. Reddit publishes no schema.
 */
import * as z from 'zod';

const Base36 = z.string().regex(/^[0-9a-z]+$/);
const FullId = z.string().regex(/^t[1-6]_[0-9a-z]+$/);
const Seconds = z.number().positive();

const THING = {
  id: Base36,
  name: FullId,
  author: z.string().min(1),
  author_fullname: FullId.or(z.string().startsWith('t2_')).optional(),
  subreddit: z.string(),
  created_utc: Seconds,
};
const Post = z.object({
  kind: z.literal('t3'),
  data: z.object({
    ...THING,
    title: z.string(),
    selftext: z.string(),
    permalink: z.string().startsWith('/r/'),
    url: z.url(),
    edited: z.literal(false).or(Seconds),
    locked: z.boolean(),
    archived: z.boolean(),
  }),
});
const Comment = z.object({
  kind: z.literal('t1'),
  data: z.object({
    ...THING,
    body: z.string(),
    link_id: FullId.startsWith('t3_'),
    parent_id: FullId,
    permalink: z.string().startsWith('/r/'),
    edited: z.literal(false).or(Seconds),
  }),
});
const InboxComment = z.object({
  kind: z.literal('t1'),
  data: z.object({ ...THING, body: z.string(), parent_id: FullId, was_comment: z.literal(true), context: z.string() }),
});
const Subreddit = z.object({
  kind: z.literal('t5'),
  data: z.object({ name: FullId, display_name: z.string(), subreddit_type: z.string(), user_is_banned: z.boolean() }),
});

const listingOf = (thing: z.ZodType) =>
  z.object({
    kind: z.literal('Listing'),
    data: z.object({ after: FullId.nullable(), before: FullId.nullable(), children: z.array(thing).max(100) }),
  });

const Limit = z.string().regex(/^([1-9]\d?|100)$/);
const Paging = z.strictObject({
  limit: Limit.optional(),
  after: FullId.optional(),
  count: z.string().regex(/^\d+$/).optional(),
  raw_json: z.literal('1').optional(),
});
const Search = Paging.extend({
  q: z.string().min(1).max(512),
  sort: z.enum(['new', 'relevance', 'hot', 'top', 'comments']).optional(),
  restrict_sr: z.string().optional(),
  type: z.string().optional(),
  t: z.enum(['hour', 'day', 'week', 'month', 'year', 'all']).optional(),
});

interface Endpoint {
  path: RegExp;
  query: z.ZodType;
  form?: z.ZodType;
  answer: z.ZodType;
}

const ENDPOINTS: Record<string, Endpoint> = {
  'POST /api/v1/access_token': {
    path: /^\/api\/v1\/access_token$/,
    query: z.strictObject({}),
    form: z.discriminatedUnion('grant_type', [
      z.strictObject({ grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
      z.strictObject({ grant_type: z.literal('password'), username: z.string(), password: z.string() }),
    ]),
    answer: z.object({
      access_token: z.string().min(1),
      token_type: z.literal('bearer'),
      expires_in: z.int().positive(),
      scope: z.string(),
    }),
  },
  'GET me': {
    path: /^\/api\/v1\/me$/,
    query: z.strictObject({ raw_json: z.literal('1').optional() }),
    answer: z.object({ id: Base36, name: z.string(), is_suspended: z.boolean().optional() }),
  },
  'GET mentions': { path: /^\/message\/mentions$/, query: Paging, answer: listingOf(InboxComment) },
  'GET posts': { path: /^\/r\/[\w+]+\/new$/, query: Paging, answer: listingOf(Post) },
  'GET comments': { path: /^\/r\/[\w+]+\/comments$/, query: Paging, answer: listingOf(Comment) },
  'GET own comments': {
    path: /^\/user\/[\w-]+\/comments$/,
    query: Paging.extend({ sort: z.string().optional() }),
    answer: listingOf(Comment),
  },
  'GET search': { path: /^(\/r\/[\w+]+)?\/search$/, query: Search, answer: listingOf(Post) },
  'GET info': {
    path: /^\/api\/info$/,
    query: Paging.extend({ id: z.string().refine((ids) => ids.split(',').length <= 100, 'more than 100 ids') }),
    answer: listingOf(z.union([Post, Comment, Subreddit])),
  },
  'POST comment': {
    path: /^\/api\/comment$/,
    query: z.strictObject({ raw_json: z.literal('1').optional() }),
    form: z.looseObject({ api_type: z.literal('json'), thing_id: FullId, text: z.string().min(1).max(10_000) }),
    answer: z.object({
      json: z.object({
        errors: z.array(z.tuple([z.string(), z.string(), z.string()])),
        data: z.object({ things: z.array(Comment).length(1) }).optional(),
        ratelimit: z.number().optional(),
      }),
    }),
  },
};

/** One request and its answer, a good one. */
export interface RedditExchange {
  method: string;
  path: string;
  query: Record<string, string>;
  form: Record<string, string>;
  answer: unknown;
}

/** Which endpoint it is, and what is wrong with what was asked or answered. */
export function judge({ method, path, query, form, answer }: RedditExchange): { endpoint: string; wrong: string[] } {
  const [endpoint, known] =
    Object.entries(ENDPOINTS).find(([name, one]) => name.startsWith(method) && one.path.test(path)) ?? [];
  if (!endpoint || !known) return { endpoint: path, wrong: [`Reddit has no ${method} ${path} that we know`] };
  const parts: [string, z.ZodType, unknown][] = [
    ['query', known.query, query],
    ['answer', known.answer, answer],
    ...(known.form ? ([['form', known.form, form]] as [string, z.ZodType, unknown][]) : []),
  ];
  const wrong = parts.flatMap(([what, shape, value]) => {
    const { error } = shape.safeParse(value);
    return error ? [`${endpoint}, ${what}: ${z.prettifyError(error)}`] : [];
  });
  return { endpoint, wrong };
}

export const KNOWN_ENDPOINTS = Object.keys(ENDPOINTS);
