/** What an operator sets for Facebook, in three languages, and what is remembered from page to page. */
import { type About, z } from '#kit';

export const Options = z.object({
  page: z
    .string()
    .regex(/^\d{1,20}$/)
    .describe('Id of our Page, a number: on Facebook under About, Page transparency, Page ID.'),
  app: z
    .string()
    .regex(/^\d{0,20}$/)
    .default('')
    .describe('Id of the app. With it and FACEBOOK_APP_SECRET, the end of the token is told 14 days ahead.'),
  hear: z
    .array(z.enum(['feed', 'tagged']))
    .min(1)
    .default(['feed', 'tagged'])
    .describe(
      '"feed": what others write on our Page, and the comments under everything there. "tagged": posts elsewhere that tag our Page, and the comments under them.',
    ),
  postDays: z
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('Comments are heard under posts that are no older than this many days. More days take more requests.'),
  postsPerRequest: z
    .int()
    .min(1)
    .max(100)
    .default(25)
    .describe('Posts in one request, each with its newest comments. Lower it where Facebook asks for less data.'),
  version: z
    .string()
    .regex(/^v\d{1,3}\.\d$/)
    .default('v25.0')
    .describe('Version of the Graph API. Each ends about two years after it came; Earshot says so when it has.'),
  address: z
    .url({ protocol: /^https?$/ })
    .default('https://graph.facebook.com')
    .describe('Where the Graph API lives. Another one only for trying things out.'),
});
export type Options = z.output<typeof Options>;

/** How far the Page is read. A round lists the posts, newest first, then reads on where many comments are new. */
export const Cursor = z.object({
  /** What was said before it is not heard: how far the operator wanted to look back. */
  floor: z.int(),
  /** Everything said before it has been read. */
  since: z.int(),
  round: z
    .object({
      startedAt: z.int(),
      /** Lists that are still to be read, the first one from `after` on. Empty: from its beginning. */
      edges: z.array(z.enum(['feed', 'tagged'])),
      after: z.string(),
      /** Posts with more new comments than came with the list. */
      behind: z.array(z.object({ post: z.string(), after: z.string() })),
    })
    .optional(),
});
export type Cursor = z.output<typeof Cursor>;

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: 'Facebook',
    summary: '接收标记我们公共主页的帖子、主页上的帖子以及两者下面的评论，并以主页的身份回复。',
    options: {
      page: {
        label: '公共主页编号',
        describe: '我们公共主页的编号，是一串数字：在 Facebook 的“简介”、“主页信息公示”、“主页编号”（Page ID）处查看。',
      },
      app: {
        label: '应用编号',
        describe: '应用的编号。与 FACEBOOK_APP_SECRET 一起填写后，会提前 14 天提醒令牌即将到期。',
      },
      hear: {
        label: '接收范围',
        describe:
          '“feed”：他人在我们主页上发布的内容，以及主页上所有内容下面的评论。“tagged”：别处标记我们主页的帖子及其下面的评论。',
      },
      postDays: {
        label: '帖子天数',
        describe: '只接收发布不超过这么多天的帖子下面的评论。天数越多，请求越多。',
      },
      postsPerRequest: {
        label: '每次请求的帖子数',
        describe: '一次请求读取的帖子数，每个帖子附带最新的评论。Facebook 要求减少数据量时请调低。',
      },
      version: {
        label: 'Graph API 版本',
        describe: 'Graph API 的版本。每个版本发布约两年后停用；停用后 Earshot 会提醒。',
      },
      address: { label: 'Graph API 地址', describe: 'Graph API 的地址。仅在试用时修改。' },
    },
    secrets: {
      FACEBOOK_PAGE_TOKEN: '公共主页的长期有效令牌，获取方法见 README',
      FACEBOOK_APP_SECRET: '应用的密钥。填写后每个请求都用它签名，令牌单独被盗也无法使用。使用 Webhook 时必填',
      FACEBOOK_VERIFY_TOKEN: '用于 Webhook：自己设定的一段长文字，与应用中“Verify token”一栏相同',
    },
  },
  'zh-Hant': {
    name: 'Facebook',
    summary: '接收標註我們粉絲專頁的貼文、專頁上的貼文以及兩者下方的留言，並以專頁的身分回覆。',
    options: {
      page: {
        label: '粉絲專頁編號',
        describe:
          '我們粉絲專頁的編號，是一串數字：在 Facebook 的「關於」、「粉絲專頁資訊透明度」、「粉絲專頁編號」（Page ID）處檢視。',
      },
      app: {
        label: '應用程式編號',
        describe: '應用程式的編號。與 FACEBOOK_APP_SECRET 一起填寫後，會提前 14 天提醒權杖即將到期。',
      },
      hear: {
        label: '接收範圍',
        describe:
          '「feed」：他人在我們專頁上發布的內容，以及專頁上所有內容下方的留言。「tagged」：別處標註我們專頁的貼文及其下方的留言。',
      },
      postDays: {
        label: '貼文天數',
        describe: '只接收發布不超過這麼多天的貼文下方的留言。天數越多，請求越多。',
      },
      postsPerRequest: {
        label: '每次請求的貼文數',
        describe: '一次請求讀取的貼文數，每則貼文附帶最新的留言。Facebook 要求減少資料量時請調低。',
      },
      version: {
        label: 'Graph API 版本',
        describe: 'Graph API 的版本。每個版本發布約兩年後停用；停用後 Earshot 會提醒。',
      },
      address: { label: 'Graph API 位址', describe: 'Graph API 的位址。僅在試用時修改。' },
    },
    secrets: {
      FACEBOOK_PAGE_TOKEN: '粉絲專頁的長期有效權杖，取得方法見 README',
      FACEBOOK_APP_SECRET: '應用程式的密鑰。填寫後每個請求都用它簽名，權杖單獨遭竊也無法使用。使用 Webhook 時必填',
      FACEBOOK_VERIFY_TOKEN: '用於 Webhook：自己設定的一段長文字，與應用程式中「Verify token」一欄相同',
    },
  },
};
