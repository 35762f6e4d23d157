/** Data: what is said of Sample, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'This is a sample: nothing is posted.': '这是示例，不会发布任何内容。',

  'Line {line} of the sample: {why}': '示例第 {line} 行：{why}',
  'The sample file {path} cannot be read. Check the option "file".': '无法读取示例文件 {path}。请检查选项 file。',
};
