/** What an operator sets for the sample, in three languages. */
import { type About, z } from '#kit';

export const Options = z.object({
  file: z
    .string()
    .default('data/sample/mentions.jsonl')
    .describe(
      'A file with one invented mention per line (JSON). A path from the folder of Earshot, or an absolute one.',
    ),
});
export type Options = z.output<typeof Options>;

/** The file is read once; the cursor says that it was. */
export const Cursor = z.object({ done: z.literal(true) });
export type Cursor = z.output<typeof Cursor>;

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: '示例',
    summary: '虚构的提及，供初次了解，不需要任何账号。处处标明为示例，不会发布任何内容。',
    options: {
      file: {
        label: '示例文件',
        describe: '每行一条虚构提及（JSON）的文件。填写从 Earshot 文件夹开始的路径，或绝对路径。',
      },
    },
    secrets: {},
  },
  'zh-Hant': {
    name: '範例',
    summary: '虛構的提及，供初次了解，不需要任何帳號。處處標明為範例，不會發布任何內容。',
    options: {
      file: {
        label: '範例檔案',
        describe: '每行一則虛構提及（JSON）的檔案。填寫從 Earshot 資料夾開始的路徑，或絕對路徑。',
      },
    },
    secrets: {},
  },
};
