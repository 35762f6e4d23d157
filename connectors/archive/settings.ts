/** What an operator sets for a file, in three languages, and the place that is remembered in it. */
import { type About, z } from '#kit';

const column = (what: string) => z.string().min(1).optional().describe(`Column or field that holds ${what}.`);

/** Which column holds what, for files whose names are not recognised. JSON fields may be dotted: `user.screen_name`. */
export const Columns = z.object({
  id: column("the record's own id"),
  title: column('a title or subject; it becomes the first line of the text'),
  text: column('what was said'),
  author: column("the author's handle, or an object that describes the author"),
  authorId: column("the author's id at the platform"),
  authorName: column("the author's name as shown"),
  time: column('when it was said'),
  url: column('the address where a person can read it'),
  parent: column('the id of the record that this one answers'),
  conversation: column('the id of the thread'),
  lang: column('the language'),
  place: column('the room, forum or product it was said in'),
  platform: column('the platform it was said on'),
});

export const FORMATS = ['jsonl', 'json', 'csv', 'discord', 'reddit', 'mbox'] as const;

export const Options = z.object({
  file: z.string().min(1).describe('Path of the file. It may be packed as .gz or .zst.'),
  format: z
    .enum(['auto', ...FORMATS])
    .default('auto')
    .describe('What the file is. `auto` looks at its content first, then at its name.'),
  preset: z
    .enum(['auto', 'none', 'twitter-support'])
    .default('auto')
    .describe(
      'A known CSV layout. `twitter-support`: tweet_id, author_id, inbound, text, …; only what customers wrote is read.',
    ),
  columns: Columns.prefault({}).describe('Which column or field holds what. Common names are found without it.'),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe('What separates CSV columns. Found from the first line if left out.'),
  encoding: z
    .string()
    .default('auto')
    .refine((label) => label === 'auto' || isEncoding(label), 'No such encoding. Try utf-8, gb18030, big5 or utf-16le.')
    .describe('Encoding of the text: utf-8, gb18030, big5, utf-16le … `auto` goes by byte order mark and content.'),
  platform: z
    .string()
    .min(1)
    .optional()
    .describe('Where it was first said, such as `twitter`, if the file does not tell.'),
  place: z.string().min(1).optional().describe('The room or product it was said in, if the file does not tell.'),
  pageSize: z.int().min(1).max(5000).default(500).describe('Mentions stored at a time.'),
  since: z.iso.date().optional().describe('Leave out what was said before this day (yyyy-mm-dd, UTC).'),
  keywords: z
    .array(z.string().min(1))
    .default([])
    .describe('Keep only what contains one of these words. Empty keeps all.'),
});
export type Options = z.output<typeof Options>;

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

const count = z.int().nonnegative();

/** Where reading stopped. Offsets count bytes of the unpacked text as UTF-8, so they hold for packed files too. */
export const Cursor = z.object({
  /** Size, time, content and reading of the file. Another value means another file: start over. */
  file: z.string(),
  offset: count,
  /** Lines before `offset`, for messages to people; messages instead of lines in a JSON list. */
  line: count,
  found: count,
  skipped: count,
  /** Understood, but not asked for: written by the company, too old, without a keyword. */
  left: count,
  /** Characters that could not be read in the file's encoding. */
  unreadable: count,
  done: z.boolean(),
});
export type Cursor = z.output<typeof Cursor>;

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
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
