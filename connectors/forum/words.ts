import type { About } from '#kit';

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    reasons: {
      'No key is set for this forum. Open the page, post the reply there and confirm.':
        '此论坛没有设置密钥。请打开页面，在那里发布回复，然后确认。',
      'Stack Exchange does not want answers written by programs. Open the question, answer there if you can help, say whom you work for, and confirm.':
        'Stack Exchange 不希望由程序撰写回答。请打开问题，能帮上忙就在那里回答，说明您为谁工作，然后确认。',
      'V2EX has no way to answer by program. Open the topic, answer there and confirm.':
        'V2EX 没有供程序回复的途径。请打开主题，在那里回复，然后确认。',
    },
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
    reasons: {
      'No key is set for this forum. Open the page, post the reply there and confirm.':
        '此論壇沒有設定金鑰。請開啟頁面，在那裡發布回覆，然後確認。',
      'Stack Exchange does not want answers written by programs. Open the question, answer there if you can help, say whom you work for, and confirm.':
        'Stack Exchange 不希望由程式撰寫回答。請開啟問題，能幫上忙就在那裡回答，說明您為誰工作，然後確認。',
      'V2EX has no way to answer by program. Open the topic, answer there and confirm.':
        'V2EX 沒有供程式回覆的途徑。請開啟主題，在那裡回覆，然後確認。',
    },
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
