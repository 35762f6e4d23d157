import type { About } from '#kit';

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    reasons: {
      'A feed can be read but not answered. Open the page, post the reply there and confirm.':
        '订阅源只能阅读，不能回复。请打开页面，在那里发布回复，然后确认。',
    },
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
    reasons: {
      'A feed can be read but not answered. Open the page, post the reply there and confirm.':
        '訂閱來源只能閱讀，不能回覆。請開啟頁面，在那裡發布回覆，然後確認。',
    },
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
