import { z } from '#kit';

const Subreddit = z
  .string()
  .trim()
  .regex(/^(?:\/?r\/)?\w{2,21}$/, 'is no name of a subreddit, such as wallets or r/wallets');

export const Options = z
  .object({
    userAgent: z
      .string()
      .regex(
        /^[^:\s()]+:[^:\s()]+:[^:\s()]+ \(by \/?u\/[\w-]{3,20}\)$/,
        'must read platform:app id:version (by /u/name), such as node:com.example.earshot:0.1 (by /u/example_dev)',
      )
      .describe(
        'How the program names itself, as Reddit demands: platform:app id:version (by /u/name), with the name of an account that answers for it.',
      ),
    usernameMentions: z
      .boolean()
      .default(true)
      .describe('Hear comments that name our account (u/name). Needs the right privatemessages.'),
    subreddits: z
      .array(Subreddit)
      .max(50)
      .default([])
      .describe('Subreddits whose comments and posts are heard, such as wallets.'),
    keywords: z
      .array(z.string().trim().min(1))
      .default([])
      .describe(
        'Of these subreddits, keep only what holds one of these words, in any letter case, also inside Chinese sentences. Empty: all.',
      ),
    searches: z
      .array(z.string().trim().min(1).max(512))
      .max(20)
      .default([])
      .describe("Searches over posts, in Reddit's own search language. Comments cannot be searched."),
    searchIn: z
      .array(Subreddit)
      .max(50)
      .default([])
      .describe('Subreddits that the searches are limited to. Empty: all of Reddit.'),
    overlapMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(30)
      .describe(
        'How far behind the newest known item a listing is read when none of its known items is there any more.',
      ),
    pageSize: z.int().min(1).max(100).default(100).describe('Items per request.'),
    apiAddress: z
      .url({ protocol: /^https?$/ })
      .default('https://oauth.reddit.com')
      .describe("Address of Reddit's API. Another one only for trying things out."),
    siteAddress: z
      .url({ protocol: /^https?$/ })
      .default('https://www.reddit.com')
      .describe('Address that gives out access tokens. Another one only for trying things out.'),
  })
  .refine(({ usernameMentions, subreddits, searches }) => usernameMentions || subreddits.length + searches.length > 0, {
    message: 'Nothing to hear: name a subreddit or a search, or hear username mentions.',
  });
export type Options = z.output<typeof Options>;

const Hole = z.object({ from: z.number(), to: z.number(), cause: z.string() });

/** A walk through one listing, newest first, that is not over yet. */
export const Walk = z.object({
  /** Ids of the last items read, last first: where to go on. More than one, since an item may be deleted meanwhile. */
  anchors: z.array(z.string()),
  /** Ids read in this walk, newest first. Bounded. */
  seen: z.array(z.string()),
  /** Items so far, deleted ones too. */
  count: z.int(),
  /** Times the walk had to begin again from the top. */
  restarts: z.int(),
  /** When its newest and its oldest item so far were said. */
  top: z.number(),
  oldest: z.number(),
  startedAt: z.number(),
});
export type Walk = z.output<typeof Walk>;

/** What is remembered of one listing. Reddit has no reliable "since": a listing is read until something known comes. */
export const Place = z.object({
  /** Ids of the newest items of the last finished walk, newest first. Bounded. */
  seen: z.array(z.string()),
  /** When the newest item ever seen was said, or where the first reading began. */
  top: z.number(),
  /** When the last finished walk began: all that was said until then has been read. */
  readAt: z.number(),
  walk: Walk.optional(),
});
export type Place = z.output<typeof Place>;

/** A round walks through each listing once. */
export const Round = z.object({
  left: z.array(z.string()),
  /** Listings that were read to their end in this round. */
  answered: z.int(),
  failures: z.array(z.object({ kind: z.string(), message: z.string(), blocked: z.boolean() })),
});
export type Round = z.output<typeof Round>;

export const Cursor = z.object({
  /** How far back the first reading of a listing looks. */
  since: z.number(),
  /** Until when every listing has been read. */
  seenTo: z.number(),
  places: z.record(z.string(), Place),
  /** What Reddit does not show any more. Never closed by what another listing shows of the same time. */
  holes: z.array(Hole),
  round: Round.optional(),
});
export type Cursor = z.output<typeof Cursor>;
