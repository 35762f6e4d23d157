import type { About } from '#kit';

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
