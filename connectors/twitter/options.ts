import { type Budget, z } from '#kit';

const Usd = z.number().min(0).max(1000);

/**
 * docs.x.com/x-api/getting-started/pricing, looked at on 2026-11-22. The prices of replies stand in the change log of
 * 2026-04. Whether authors that come along with a post are billed is not said there; counting them keeps the budget safe.
 */
export const Prices = z.object({
  ownedRead: Usd.default(0.001).describe('A mention of, or a post by, the account that owns the app.'),
  post: Usd.default(0.005).describe('A post found by a search, or one that is quoted in a post.'),
  user: Usd.default(0.01).describe('An author that comes along with posts. 0 if your bill does not show them.'),
  reply: Usd.default(0.01).describe('A reply to somebody who mentioned us.'),
  linkReply: Usd.default(0.2).describe('A reply that holds a link.'),
});
export type Prices = z.output<typeof Prices>;

export const Options = z.object({
  monthlyBudgetUsd: z
    .number()
    .positive()
    .max(1_000_000)
    .describe(
      'The most this source may cost in a calendar month (UTC), in US dollars. At the limit it stops and says so.',
    ),
  mentions: z.boolean().default(true).describe('Read the mentions of the account itself: the cheapest way to read.'),
  searches: z
    .array(z.string().trim().min(1).max(512))
    .max(20)
    .default([])
    .describe(
      'Saved searches in the words of X, such as "OKPay -@OKPayHelp lang:zh". Each post found costs five times as much as a mention. Our other accounts are heard by searches such as "@OKPayShop".',
    ),
  overlapMinutes: z
    .int()
    .min(0)
    .max(24 * 60)
    .default(10)
    .describe('Each pull reads this much again, since X sometimes lists a post late.'),
  followDeletions: z
    .boolean()
    .default(false)
    .describe(
      'Look again at every post that is held, twice a day, and erase what is gone there. Each look is paid like a search.',
    ),
  pageSize: z.int().min(10).max(100).default(100).describe('Posts per request.'),
  prices: Prices.prefault({}).describe('What X charges, in US dollars, for the budget.'),
  address: z
    .url({ protocol: /^https?$/ })
    .default('https://api.x.com')
    .describe('Where the API lives. Another address is for tests.'),
});
export type Options = z.output<typeof Options>;

/** The fewest posts that one page may hold: X refuses to give fewer. */
export const LEAST = { mentions: 5, search: 10 };

/** The budget, and what the dearest stream needs for one more page. */
export function budgetOf({ monthlyBudgetUsd, mentions, searches, prices }: Options): Budget {
  const page = mentions ? LEAST.mentions * (prices.ownedRead + prices.user) : 0;
  const search = searches.length > 0 ? LEAST.search * (prices.post + prices.user) : 0;
  return { platform: 'X', usd: monthlyBudgetUsd, leastUsd: Math.max(page, search) };
}

const Id = z.string().regex(/^\d{1,25}$/);

/** A walk over the pages of one stream, newest post first. The stream's own place moves only when the walk has ended. */
const Run = z.object({
  /** How far back it goes: to an id where one is known, else to a time. */
  floor: z.object({ at: z.number(), id: Id.optional() }),
  /** The newest post of the first page. */
  top: Id.optional(),
  /** The oldest post so far: where to go on when the token is no longer taken. */
  bottom: Id.optional(),
  token: z.string().optional(),
  /** Posts received. */
  count: z.int(),
  startedAt: z.number(),
});
export type Run = z.output<typeof Run>;

const Span = z.object({ from: z.number(), to: z.number() });
export type Span = z.output<typeof Span>;

const Stream = z.object({
  /** Everything up to this post was read. */
  top: Id.optional(),
  /** When the last walk began that was ended. */
  readAt: z.number().optional(),
  run: Run.optional(),
  /** What walks have seen that no coverage tells yet. */
  seen: Span.optional(),
});
export type Stream = z.output<typeof Stream>;

/** Every stream is walked through once. What it truly saw is what all of them saw. */
const Round = z.object({
  left: z.array(z.string()),
  at: z.number(),
  holes: z.array(Span.extend({ cause: z.string() })),
  refused: z.array(z.string()),
});
export type Round = z.output<typeof Round>;

export const Cursor = z.object({
  /** How far back the first reading looks. */
  since: z.number(),
  streams: z.record(z.string(), Stream),
  round: Round.optional(),
});
export type Cursor = z.output<typeof Cursor>;
