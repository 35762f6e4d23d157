/** What an operator sets for Reddit, in three languages, the listings that follow from it, and what is remembered of each. */
import { type About, type Instant, z } from '#kit';
import type { Access } from './access.ts';

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

export const SECRETS = {
  clientId: {
    env: 'REDDIT_CLIENT_ID',
    describe: 'Id of an app that Reddit has approved. Without one, only the public feeds of subreddits are read',
    optional: true,
  },
  clientSecret: { env: 'REDDIT_CLIENT_SECRET', describe: 'Secret of the same app', optional: true },
  refreshToken: {
    env: 'REDDIT_REFRESH_TOKEN',
    describe: 'Lets the app speak as our account. The better way. Without an account the app reads, and no more',
    optional: true,
  },
  username: {
    env: 'REDDIT_USERNAME',
    describe: 'Instead of a refresh token, for an app of the type "script": the account that owns it',
    optional: true,
  },
  password: {
    env: 'REDDIT_PASSWORD',
    describe: 'Password of that account. Does not work with two-factor sign-in',
    optional: true,
  },
} as const;
export type SecretName = keyof typeof SECRETS;

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

/** One list of things that Reddit shows, newest first. */
export interface ListingSpec {
  /** Names it in the cursor and in messages. */
  key: string;
  uri: string;
  query(since: Instant, now: Instant): Record<string, string | number>;
  /** Keep only what holds one of the keywords. */
  filtered: boolean;
}

/** Every listing that these options ask for and that is open to us. */
export function listingsOf({ options, access }: { options: Options; access: Access }): ListingSpec[] {
  const plain = { query: () => ({}), filtered: false };
  const mentions: ListingSpec = { ...plain, key: 'username mentions', uri: '/message/mentions' };
  const ofSubreddits = unique(options.subreddits).flatMap((name): ListingSpec[] => [
    { ...plain, filtered: true, key: `r/${name}, comments`, uri: `/r/${name}/comments` },
    { ...plain, filtered: true, key: `r/${name}, posts`, uri: `/r/${name}/new` },
  ]);
  const searches = [...new Set(options.searches)].map((words) => searchFor(words, unique(options.searchIn)));
  return [...(options.usernameMentions && access === 'account' ? [mentions] : []), ...ofSubreddits, ...searches];
}

function searchFor(words: string, places: string[]): ListingSpec {
  const within = places.length > 0;
  return {
    key: `search for "${words}"${within ? ` in r/${places.join('+')}` : ''}`,
    uri: within ? `/r/${places.join('+')}/search` : '/search',
    query: (since, now) => ({
      q: words,
      sort: 'new',
      type: 'link',
      t: reachFor(now - since),
      ...(within && { restrict_sr: 1 }),
    }),
    filtered: false,
  };
}

const DAY = 86_400_000;

/** The shortest of Reddit's periods that surely holds everything since then. */
function reachFor(ms: number): string {
  if (ms < 6 * DAY) return 'week';
  if (ms < 27 * DAY) return 'month';
  return ms < 360 * DAY ? 'year' : 'all';
}

/** Names without "r/", each once. */
function unique(names: readonly string[]): string[] {
  const plain = names.map((name) => name.replace(/^\/?r\//, ''));
  return [...new Map(plain.map((name) => [name.toLowerCase(), name])).values()];
}

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: 'Reddit 论坛',
    summary: '接收 Reddit 上对用户名的提及、版块（subreddit）和搜索，并以评论回复。',
    options: {
      userAgent: {
        label: '程序标识（User-Agent）',
        describe:
          '程序如何自报身份，这是 Reddit 的要求：平台:应用编号:版本 (by /u/名称)，其中是为它负责的账号的名称。例如 node:com.example.earshot:0.1 (by /u/example_dev)。',
      },
      usernameMentions: {
        label: '对用户名的提及',
        describe: '接收提到我们账号（u/名称）的评论。需要 privatemessages 权限。',
      },
      subreddits: { label: '版块', describe: '接收其中评论和帖子的版块（subreddit），例如 wallets。' },
      keywords: {
        label: '关键词',
        describe: '上述版块中只保留含有其中一个词的内容，不分大小写，中文句子里的也算。留空：全部保留。',
      },
      searches: { label: '搜索', describe: '对帖子的搜索，用 Reddit 自己的搜索语法。评论无法搜索。' },
      searchIn: { label: '搜索范围', describe: '只在这些版块中搜索。留空：整个 Reddit。' },
      overlapMinutes: {
        label: '往回读取的分钟数',
        describe: '列表中已知的内容全都不在了时，从最新的已知内容再往回读多少分钟。',
      },
      pageSize: { label: '每页条数', describe: '每次请求读取的条数。' },
      apiAddress: { label: 'API 地址', describe: 'Reddit API 的地址。只有试用时才改成别的。' },
      siteAddress: { label: '令牌地址', describe: '发放访问令牌的地址。只有试用时才改成别的。' },
    },
    secrets: {
      REDDIT_CLIENT_ID: 'Reddit 已批准的应用的编号。没有它就只读取版块的公开订阅源',
      REDDIT_CLIENT_SECRET: '同一应用的密钥',
      REDDIT_REFRESH_TOKEN: '刷新令牌：让应用以我们的账号发言，这是更好的方式。没有账号时，应用只能读取',
      REDDIT_USERNAME: '代替刷新令牌，用于“script”类型的应用：拥有该应用的账号',
      REDDIT_PASSWORD: '该账号的密码。开启两步验证时不能使用',
    },
  },
  'zh-Hant': {
    name: 'Reddit 論壇',
    summary: '接收 Reddit 上對使用者名稱的提及、看板（subreddit）和搜尋，並以留言回覆。',
    options: {
      userAgent: {
        label: '程式識別（User-Agent）',
        describe:
          '程式如何自報身分，這是 Reddit 的要求：平台:應用程式編號:版本 (by /u/名稱)，其中是為它負責的帳號的名稱。例如 node:com.example.earshot:0.1 (by /u/example_dev)。',
      },
      usernameMentions: {
        label: '對使用者名稱的提及',
        describe: '接收提到我們帳號（u/名稱）的留言。需要 privatemessages 權限。',
      },
      subreddits: { label: '看板', describe: '接收其中留言和貼文的看板（subreddit），例如 wallets。' },
      keywords: {
        label: '關鍵字',
        describe: '上述看板中只保留含有其中一個詞的內容，不分大小寫，中文句子裡的也算。留空：全部保留。',
      },
      searches: { label: '搜尋', describe: '對貼文的搜尋，用 Reddit 自己的搜尋語法。留言無法搜尋。' },
      searchIn: { label: '搜尋範圍', describe: '只在這些看板中搜尋。留空：整個 Reddit。' },
      overlapMinutes: {
        label: '往回讀取的分鐘數',
        describe: '清單中已知的內容全都不在了時，從最新的已知內容再往回讀多少分鐘。',
      },
      pageSize: { label: '每頁則數', describe: '每次請求讀取的則數。' },
      apiAddress: { label: 'API 位址', describe: 'Reddit API 的位址。只有試用時才改成別的。' },
      siteAddress: { label: '權杖位址', describe: '發放存取權杖的位址。只有試用時才改成別的。' },
    },
    secrets: {
      REDDIT_CLIENT_ID: 'Reddit 已核准的應用程式的編號。沒有它就只讀取看板的公開訂閱來源',
      REDDIT_CLIENT_SECRET: '同一應用程式的密鑰',
      REDDIT_REFRESH_TOKEN: '更新權杖：讓應用程式以我們的帳號發言，這是更好的方式。沒有帳號時，應用程式只能讀取',
      REDDIT_USERNAME: '代替更新權杖，用於「script」類型的應用程式：擁有該應用程式的帳號',
      REDDIT_PASSWORD: '該帳號的密碼。開啟兩步驟驗證時不能使用',
    },
  },
};
