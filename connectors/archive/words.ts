import type { About } from '#kit';

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    reasons: {
      'Imported from a file: open the page and post there': '从文件导入：请打开页面，在那里发布',
      'Imported from a file without a link': '从文件导入，没有链接',
    },
    name: '文件',
    summary: '读取您已有的文件：JSON Lines、CSV、Discord 导出、Reddit 数据存档和邮箱文件。',
    options: {
      file: { label: '文件', describe: '文件路径。可以是 .gz 或 .zst 压缩文件。' },
      format: { label: '格式', describe: '文件的格式。“auto”：先看内容，再看文件名。' },
      preset: {
        label: '预设',
        describe: '已知的 CSV 布局。“twitter-support”：tweet_id、author_id、inbound、text……；只读取客户写的内容。',
      },
      columns: { label: '列与字段', describe: '哪一列或哪个字段是什么内容。常见的名称不填也能识别。' },
      delimiter: { label: '分隔符', describe: 'CSV 各列之间的分隔符。留空：从第一行识别。' },
      encoding: {
        label: '文字编码',
        describe: '文字的编码：utf-8、gb18030、big5、utf-16le 等。“auto”：按字节顺序标记（BOM）和内容识别。',
      },
      platform: { label: '平台', describe: '最初发表在哪个平台，例如 twitter。文件中没有写明时填写。' },
      place: { label: '位置', describe: '发表在哪个聊天室或产品下。文件中没有写明时填写。' },
      pageSize: { label: '每批条数', describe: '每次存入多少条提及。' },
      since: { label: '起始日期', describe: '不读取这一天之前的内容（yyyy-mm-dd，UTC）。' },
      keywords: { label: '关键词', describe: '只保留含有其中任一关键词的内容。留空：全部保留。' },
    },
    secrets: {},
  },
  'zh-Hant': {
    reasons: {
      'Imported from a file: open the page and post there': '從檔案匯入：請開啟頁面，在那裡發布',
      'Imported from a file without a link': '從檔案匯入，沒有連結',
    },
    name: '檔案',
    summary: '讀取您已有的檔案：JSON Lines、CSV、Discord 匯出、Reddit 資料存檔和信箱檔。',
    options: {
      file: { label: '檔案', describe: '檔案路徑。可以是 .gz 或 .zst 壓縮檔。' },
      format: { label: '格式', describe: '檔案的格式。「auto」：先看內容，再看檔名。' },
      preset: {
        label: '預設配置',
        describe:
          '已知的 CSV 欄位配置。「twitter-support」：tweet_id、author_id、inbound、text……；只讀取客戶寫的內容。',
      },
      columns: { label: '欄位對應', describe: '哪個欄位是什麼內容。常見的名稱不填也能辨識。' },
      delimiter: { label: '分隔符號', describe: 'CSV 各欄之間的分隔符號。留空：從第一行辨識。' },
      encoding: {
        label: '文字編碼',
        describe: '文字的編碼：utf-8、gb18030、big5、utf-16le 等。「auto」：依位元組順序記號（BOM）和內容辨識。',
      },
      platform: { label: '平台', describe: '最初發表在哪個平台，例如 twitter。檔案中沒有寫明時填寫。' },
      place: { label: '位置', describe: '發表在哪個聊天室或產品下。檔案中沒有寫明時填寫。' },
      pageSize: { label: '每批則數', describe: '每次存入多少則提及。' },
      since: { label: '起始日期', describe: '不讀取這一天之前的內容（yyyy-mm-dd，UTC）。' },
      keywords: { label: '關鍵字', describe: '只保留含有其中任一關鍵字的內容。留空：全部保留。' },
    },
    secrets: {},
  },
};
