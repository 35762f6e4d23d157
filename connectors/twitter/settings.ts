/** What an operator sets for X, in three languages, and what a source remembers from pull to pull. */
import { type About, type Budget, z } from '#kit';

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

export const SECRETS = {
  apiKey: { env: 'X_API_KEY', describe: 'Consumer key of the app (OAuth 1.0a).', optional: true },
  apiSecret: { env: 'X_API_SECRET', describe: 'Consumer secret of the app (OAuth 1.0a).', optional: true },
  accessToken: { env: 'X_ACCESS_TOKEN', describe: 'Access token of our account (OAuth 1.0a).', optional: true },
  accessSecret: {
    env: 'X_ACCESS_SECRET',
    describe: 'Access token secret of our account (OAuth 1.0a).',
    optional: true,
  },
  clientId: { env: 'X_CLIENT_ID', describe: 'Client id of the app (OAuth 2.0).', optional: true },
  clientSecret: {
    env: 'X_CLIENT_SECRET',
    describe: 'Client secret, for a confidential OAuth 2.0 app.',
    optional: true,
  },
  refreshToken: { env: 'X_REFRESH_TOKEN', describe: 'First refresh token of our account (OAuth 2.0).', optional: true },
} as const;
export type SecretName = keyof typeof SECRETS;

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

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: 'X（推特）',
    summary: '接收 X 上对我们账号的提及和已保存的搜索，并回复找我们的人。',
    options: {
      monthlyBudgetUsd: {
        label: '每月预算（美元）',
        describe: '这个来源每个自然月（UTC）最多花费多少美元。达到上限就停止，并给出提示。',
      },
      mentions: { label: '对账号的提及', describe: '读取对账号本身的提及：最便宜的读取方式。' },
      searches: {
        label: '已保存的搜索',
        describe:
          '用 X 的搜索语法写的搜索，例如“OKPay -@OKPayHelp lang:zh”。每条搜到的帖子的费用是一条提及的五倍。我们的其他账号用“@OKPayShop”这样的搜索来接收。',
      },
      overlapMinutes: {
        label: '重复读取的分钟数',
        describe: '每次读取都把之前这么多分钟再读一遍，因为 X 有时很晚才列出帖子。',
      },
      followDeletions: {
        label: '跟进删除',
        describe: '每天两次重新查看保存的每条帖子，在 X 上已经没有的，这里也删除。每次查看按搜索计费。',
      },
      pageSize: { label: '每页条数', describe: '每次请求读取的帖子数。' },
      prices: {
        label: '价格',
        describe:
          'X 的收费（美元），用于计算预算。ownedRead：对应用所属账号的提及，或它自己的帖子；post：搜索到的或被引用的帖子；user：随帖子一起返回的作者，账单上没有就填 0；reply：回复提及我们的人；linkReply：带链接的回复。',
      },
      address: { label: 'API 地址', describe: 'API 所在的地址。只有测试时才改成别的。' },
    },
    secrets: {
      X_API_KEY: '应用的 API 密钥（Consumer Key，OAuth 1.0a）',
      X_API_SECRET: '应用的 API 密钥密文（Consumer Secret，OAuth 1.0a）',
      X_ACCESS_TOKEN: '我们账号的访问令牌（OAuth 1.0a）',
      X_ACCESS_SECRET: '我们账号的访问令牌密文（Access Token Secret，OAuth 1.0a）',
      X_CLIENT_ID: '应用的客户端编号（Client ID，OAuth 2.0）',
      X_CLIENT_SECRET: '客户端密钥（Client Secret），用于机密型 OAuth 2.0 应用',
      X_REFRESH_TOKEN: '我们账号的第一个刷新令牌（OAuth 2.0）',
    },
  },
  'zh-Hant': {
    name: 'X（推特）',
    summary: '接收 X 上對我們帳號的提及和已儲存的搜尋，並回覆找我們的人。',
    options: {
      monthlyBudgetUsd: {
        label: '每月預算（美元）',
        describe: '這個來源每個曆月（UTC）最多花費多少美元。達到上限就停止，並給出提示。',
      },
      mentions: { label: '對帳號的提及', describe: '讀取對帳號本身的提及：最便宜的讀取方式。' },
      searches: {
        label: '已儲存的搜尋',
        describe:
          '用 X 的搜尋語法寫的搜尋，例如「OKPay -@OKPayHelp lang:zh」。每則搜到的貼文的費用是一則提及的五倍。我們的其他帳號用「@OKPayShop」這樣的搜尋來接收。',
      },
      overlapMinutes: {
        label: '重複讀取的分鐘數',
        describe: '每次讀取都把之前這麼多分鐘再讀一遍，因為 X 有時很晚才列出貼文。',
      },
      followDeletions: {
        label: '跟進刪除',
        describe: '每天兩次重新查看保存的每則貼文，在 X 上已經沒有的，這裡也刪除。每次查看依搜尋計費。',
      },
      pageSize: { label: '每頁則數', describe: '每次請求讀取的貼文數。' },
      prices: {
        label: '價格',
        describe:
          'X 的收費（美元），用於計算預算。ownedRead：對應用程式所屬帳號的提及，或它自己的貼文；post：搜尋到的或被引用的貼文；user：隨貼文一起傳回的作者，帳單上沒有就填 0；reply：回覆提及我們的人；linkReply：帶連結的回覆。',
      },
      address: { label: 'API 位址', describe: 'API 所在的位址。只有測試時才改成別的。' },
    },
    secrets: {
      X_API_KEY: '應用程式的 API 金鑰（Consumer Key，OAuth 1.0a）',
      X_API_SECRET: '應用程式的 API 金鑰密文（Consumer Secret，OAuth 1.0a）',
      X_ACCESS_TOKEN: '我們帳號的存取權杖（OAuth 1.0a）',
      X_ACCESS_SECRET: '我們帳號的存取權杖密文（Access Token Secret，OAuth 1.0a）',
      X_CLIENT_ID: '應用程式的用戶端編號（Client ID，OAuth 2.0）',
      X_CLIENT_SECRET: '用戶端密鑰（Client Secret），用於機密型 OAuth 2.0 應用程式',
      X_REFRESH_TOKEN: '我們帳號的第一個更新權杖（OAuth 2.0）',
    },
  },
};
