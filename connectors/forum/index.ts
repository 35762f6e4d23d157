/** Forums on one screen: what is set, in three languages, what they are, and who does what for which software. */
import { type About, ConnectorError, defineConnector, type Env, type Recheck, type ReplyOrder, z } from '#kit';
import { ForumClient } from './client.ts';
import { Discourse } from './discourse.ts';
import { nextPage, type Site } from './listen.ts';
import { Nodebb } from './nodebb.ts';
import { StackExchange, V2ex } from './readers.ts';
import { SAID } from './words.ts';

export const Options = z.object({
  software: z
    .enum(['discourse', 'nodebb', 'stackexchange', 'v2ex'])
    .describe('What the forum runs on. Stack Exchange and V2EX are read only.'),
  address: z
    .url({ protocol: /^https?$/ })
    .describe(
      'Where the forum lives, such as https://forum.example.org. For Stack Exchange https://api.stackexchange.com, for V2EX https://www.v2ex.com.',
    ),
  useKey: z
    .boolean()
    .default(true)
    .describe(
      'False for a second forum of the same kind: the key of the first is then not shown to it. It is only read.',
    ),
  account: z
    .string()
    .trim()
    .max(100)
    .default('')
    .describe(
      'The account that the key speaks as. Discourse: its user name, needed with a key. NodeBB: its number, needed with a master token only.',
    ),
  searches: z
    .array(z.string().trim().min(1).max(200))
    .max(20)
    .default([])
    .describe(
      "Searches in the forum's own language. Empty: everything new is read. Stack Exchange needs one at least.",
    ),
  keywords: z
    .array(z.string().trim().min(1))
    .default([])
    .describe(
      'Keep only posts with one of these words, in any letter case, also inside Chinese sentences. Empty: all.',
    ),
  site: z
    .string()
    .regex(/^[a-z\d.-]+$/)
    .default('stackoverflow')
    .describe('Stack Exchange only: which of its sites, such as money or stackoverflow.'),
  nodes: z
    .array(z.string().regex(/^[\w-]+$/))
    .max(20)
    .default([])
    .describe(
      'V2EX only: nodes whose topics are heard. Empty: the newest topics of all, of which V2EX shows about ten.',
    ),
});
export type Options = z.output<typeof Options>;

/** What is remembered of one listing. */
export const Place = z.object({
  /**
   * The newest rank of the last two walks, older first. A walk goes back to the first of them, so that each stretch is
   * read twice: what a forum showed late, or moved to another page while it was read, is not missed.
   */
  tops: z.array(z.number()).max(2),
});
export type Place = z.output<typeof Place>;

export const Cursor = z.object({
  /** Nothing older is kept. */
  since: z.number(),
  /** Until when every listing has been read. */
  seenTo: z.number(),
  places: z.record(z.string(), Place),
  /** A round that is not over: which listing, from which page on, and the newest rank met in it so far. */
  walk: z
    .object({
      listing: z.string(),
      at: z.string().optional(),
      top: z.number().optional(),
      startedAt: z.number(),
      /** Why something may be missing from a listing of this round. */
      cause: z.string().optional(),
    })
    .optional(),
});
export type Cursor = z.output<typeof Cursor>;

/** One for each kind of forum, so that no key goes to a host that it is not for. */
export const SECRETS = {
  discourse: { env: 'DISCOURSE_API_KEY', describe: 'API key of the account that answers', optional: true },
  nodebb: { env: 'NODEBB_API_TOKEN', describe: 'API token of the account that answers', optional: true },
  stackexchange: {
    env: 'STACKEXCHANGE_KEY',
    describe: 'Key of an app: 10,000 requests a day instead of 300. Gives no right to write',
    optional: true,
  },
  v2ex: { env: 'V2EX_TOKEN', describe: 'Personal access token: more requests, and whole nodes', optional: true },
} as const;

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: '论坛',
    summary: '接收 Discourse 或 NodeBB 论坛的帖子并在那里回复；也读取 Stack Exchange 和 V2EX。',
    options: {
      software: { label: '论坛软件', describe: '论坛使用的软件。Stack Exchange 和 V2EX 只读取，不能由程序回复。' },
      address: {
        label: '论坛地址',
        describe:
          '论坛的地址，例如 https://forum.example.org。Stack Exchange 填 https://api.stackexchange.com，V2EX 填 https://www.v2ex.com。',
      },
      useKey: {
        label: '使用密钥',
        describe: '同类的第二个论坛请关闭：第一个论坛的密钥就不会发给它，它只被读取。',
      },
      account: {
        label: '回复用的账号',
        describe: '密钥所代表的账号。Discourse：用户名，有密钥时必填。NodeBB：用户编号，仅使用主令牌时需要。',
      },
      searches: {
        label: '搜索',
        describe: '按论坛自己的搜索语法填写。留空：读取所有新内容。Stack Exchange 至少要填一条。',
      },
      keywords: {
        label: '关键词',
        describe: '只保留含有其中任一关键词的帖子，不分大小写，中文句子里的也能找到。留空：全部保留。',
      },
      site: {
        label: 'Stack Exchange 站点',
        describe: '仅用于 Stack Exchange：读取哪个站点，例如 money 或 stackoverflow。',
      },
      nodes: {
        label: 'V2EX 节点',
        describe: '仅用于 V2EX：接收哪些节点的主题。留空：接收全站最新主题，V2EX 只显示其中约十个。',
      },
    },
    secrets: {
      DISCOURSE_API_KEY: '回复所用账号的 API 密钥',
      NODEBB_API_TOKEN: '回复所用账号的 API 令牌',
      STACKEXCHANGE_KEY: '应用的密钥：每天可请求 10,000 次，而不是 300 次。不能用来发布',
      V2EX_TOKEN: '个人访问令牌：可以请求更多次，并完整读取节点',
    },
  },
  'zh-Hant': {
    name: '論壇',
    summary: '接收 Discourse 或 NodeBB 論壇的貼文並在那裡回覆；也讀取 Stack Exchange 和 V2EX。',
    options: {
      software: { label: '論壇軟體', describe: '論壇使用的軟體。Stack Exchange 和 V2EX 只讀取，不能由程式回覆。' },
      address: {
        label: '論壇網址',
        describe:
          '論壇的網址，例如 https://forum.example.org。Stack Exchange 填 https://api.stackexchange.com，V2EX 填 https://www.v2ex.com。',
      },
      useKey: {
        label: '使用金鑰',
        describe: '同類的第二個論壇請關閉：第一個論壇的金鑰就不會傳給它，它只會被讀取。',
      },
      account: {
        label: '回覆用的帳號',
        describe: '金鑰所代表的帳號。Discourse：使用者名稱，有金鑰時必填。NodeBB：使用者編號，僅使用主權杖時需要。',
      },
      searches: {
        label: '搜尋',
        describe: '依論壇自己的搜尋語法填寫。留空：讀取所有新內容。Stack Exchange 至少要填一則。',
      },
      keywords: {
        label: '關鍵字',
        describe: '只保留含有其中任一關鍵字的貼文，不分大小寫，中文句子裡的也能找到。留空：全部保留。',
      },
      site: {
        label: 'Stack Exchange 網站',
        describe: '僅用於 Stack Exchange：讀取哪個網站，例如 money 或 stackoverflow。',
      },
      nodes: {
        label: 'V2EX 節點',
        describe: '僅用於 V2EX：接收哪些節點的主題。留空：接收全站最新主題，V2EX 只顯示其中約十個。',
      },
    },
    secrets: {
      DISCOURSE_API_KEY: '回覆所用帳號的 API 金鑰',
      NODEBB_API_TOKEN: '回覆所用帳號的 API 權杖',
      STACKEXCHANGE_KEY: '應用程式的金鑰：每天可請求 10,000 次，而不是 300 次。不能用來發布',
      V2EX_TOKEN: '個人存取權杖：可以請求更多次，並完整讀取節點',
    },
  },
};

const SOFTWARE = { discourse: Discourse, nodebb: Nodebb, stackexchange: StackExchange, v2ex: V2ex };

interface Opened {
  client: ForumClient;
  site: Site;
}

export const forum = defineConnector({
  about: {
    id: 'forum',
    name: 'Forum',
    summary: 'Hears forums that run on Discourse or NodeBB and answers there; reads Stack Exchange and V2EX.',
    docs: 'https://docs.discourse.org',
    rules: 'https://meta.discourse.org/t/create-and-configure-an-api-key/230124',
    status: 'experimental',
    words: WORDS,
    said: SAID,
  },
  options: Options,
  secrets: SECRETS,
  cursor: Cursor,
  limits: {
    // Both kinds take about 32,000; a site may set less.
    maxReplyChars: 32_000,
    pullEverySeconds: 60,
    // Of one key of Discourse. What a forum says in an answer counts more.
    requests: { count: 60, perSeconds: 60 },
    verified: {
      at: 'https://meta.discourse.org/t/global-rate-limits-and-throttling-in-discourse/78612',
      on: '2026-11-22',
    },
  },

  open(env: Env<Options, keyof typeof SECRETS>): Opened {
    const client = new ForumClient(env);
    return { client, site: new SOFTWARE[env.options.software](client) };
  },

  check: ({ site }, signal) => site.me(signal),
  examine: async ({ site }, signal) => (await site.examine?.(signal)) ?? [],
  pull: nextPage,

  async recheck({ client, site }, nativeIds, signal): Promise<Recheck[]> {
    const ids = nativeIds.flatMap((nativeId) => client.ownId(nativeId) ?? []);
    return ids.length > 0 ? site.recheck([...new Set(ids)], signal) : [];
  },

  reply: {
    once: 'look-up',
    send: async (opened, order, signal) => writing(opened).send(order, signal),
    find: async (opened, order, signal) => writing(opened).find(order, signal),
  },
});

/** @throws ConnectorError `unauthorized` where nobody may write by program, or no key is set */
function writing({ client, site }: Opened) {
  const { send, find } = site;
  if (send && find && client.hasKey) {
    return {
      send: (order: ReplyOrder, signal: AbortSignal) => send.call(site, order, signal),
      find: (order: ReplyOrder, signal: AbortSignal) => find.call(site, order, signal),
    };
  }
  const message = 'Nothing can be posted here by program: no key is set, or the forum has no way. Post it by hand.';
  throw new ConnectorError('unauthorized', message);
}
