/** What an operator sets for feeds, in three languages, and what is remembered of each feed. */
import { type About, z } from '#kit';

export const Options = z.object({
  urls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(200)
    .describe('Addresses of the feeds: RSS, Atom, RDF or JSON Feed.'),
  keywords: z
    .array(z.string().trim().min(1))
    .default([])
    .describe(
      'Keep only items with one of these words, in any letter case, also inside Chinese sentences. Empty: all.',
    ),
  ourNames: z
    .array(z.string().trim().min(1))
    .default([])
    .describe('Names that our own people post under on these sites. Their items are left out.'),
  maxBytes: z
    .int()
    .min(10_000)
    .max(50 * 1024 * 1024)
    .default(10 * 1024 * 1024)
    .describe('The largest feed that is read, in bytes after unpacking.'),
});
export type Options = z.output<typeof Options>;

/** What is remembered of one feed. Saved together with its items, so validators never run ahead of them. */
export const FeedState = z.object({
  /** Sent back exactly as they came. */
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** Parser and filters they were stored under. Under others the feed is read whole again. */
  filter: z.string().optional(),
  /** Where the feed lives now; ids stay bound to the address in the options. */
  movedTo: z.string().optional(),
  /** The site said that the feed is gone for good. */
  gone: z.boolean().optional(),
  /** When it was last read without trouble. */
  readAt: z.number().optional(),
  /** Hashes of items seen, newest reading first, to notice when a whole window went by unseen. */
  seen: z.array(z.string()).default([]),
});
export type FeedState = z.output<typeof FeedState>;

/** A round reads each feed once, one page per feed. */
export const Round = z.object({
  left: z.array(z.string()),
  /** Feeds that answered in this round. */
  answered: z.int(),
  failures: z.array(
    z.object({ kind: z.string(), message: z.string(), until: z.number().optional(), blocked: z.boolean().optional() }),
  ),
  /** When the last page was read. A round broken off long ago starts again with the first feed. */
  at: z.number(),
});
export type Round = z.output<typeof Round>;

export const Cursor = z.object({
  /** How far back the first reading of a feed looks. */
  since: z.number(),
  feeds: z.record(z.string(), FeedState),
  round: Round.optional(),
});
export type Cursor = z.output<typeof Cursor>;

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: '订阅源',
    summary: '接收论坛、博客和问答网站以 RSS、Atom、RDF 或 JSON Feed 发布的内容。不需要账号。',
    options: {
      urls: { label: '订阅源地址', describe: '订阅源的地址：RSS、Atom、RDF 或 JSON Feed。' },
      keywords: {
        label: '关键词',
        describe: '只保留含有其中任一关键词的内容，不分大小写，中文句子里的也能找到。留空：全部保留。',
      },
      ourNames: { label: '我们的名字', describe: '我们自己人在这些网站上发帖用的名字。他们发的内容不接收。' },
      maxBytes: { label: '大小上限', describe: '订阅源解压后最大多少字节，超过的不读取。' },
    },
    secrets: {},
  },
  'zh-Hant': {
    name: '訂閱來源',
    summary: '接收論壇、部落格和問答網站以 RSS、Atom、RDF 或 JSON Feed 發布的內容。不需要帳號。',
    options: {
      urls: { label: '訂閱來源網址', describe: '訂閱來源的網址：RSS、Atom、RDF 或 JSON Feed。' },
      keywords: {
        label: '關鍵字',
        describe: '只保留含有其中任一關鍵字的內容，不分大小寫，中文句子裡的也能找到。留空：全部保留。',
      },
      ourNames: { label: '我們的名字', describe: '我們自己人在這些網站上發文用的名字。他們發的內容不接收。' },
      maxBytes: { label: '大小上限', describe: '訂閱來源解壓縮後最大多少位元組，超過的不讀取。' },
    },
    secrets: {},
  },
};
