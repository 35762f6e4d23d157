import { createRequire } from 'node:module';

type Convert = (text: string) => string;

/** Words and signs that Traditional writers use where the converter keeps the mainland ones. */
const HOUSE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/賬/g, '帳'],
  [/充值/g, '儲值'],
  [/提現/g, '提領'],
  [/郵箱/g, '信箱'],
  [/私信/g, '私訊'],
  [/帖子/g, '貼文'],
  [/身份/g, '身分'],
  [/反饋/g, '回饋'],
  [/渠道/g, '管道'],
  [/平臺/g, '平台'],
  [/許可權/g, '權限'],
  [/重置/g, '重設'],
  [/回復/g, '回覆'],
  [/連線錢包/g, '連接錢包'],
  [/手機號(?!碼)/g, '手機號碼'],
  [/應用(?!程式)/g, '應用程式'],
  [/通過(?= ?\{\{| ?[應郵信電官客幫])/g, '透過'],
  [/“/g, '「'],
  [/”/g, '」'],
];

let convert: Convert | undefined;

/** Loaded at the first Traditional draft, in step: the tables cost 0.15 s, and many workspaces never need them. */
function load(): Convert {
  const { Converter } = createRequire(import.meta.url)('opencc-js/cn2t') as typeof import('opencc-js');
  return Converter({ from: 'cn', to: 'twp' });
}

const known = new Map<string, string>();

/** A Simplified template text in Traditional characters and words. Names in double braces pass unchanged. */
export function toTraditional(text: string): string {
  const ready = known.get(text);
  if (ready !== undefined) return ready;
  convert ??= load();
  let traditional = convert(text);
  for (const [word, better] of HOUSE_WORDS) traditional = traditional.replace(word, better);
  known.set(text, traditional);
  return traditional;
}
