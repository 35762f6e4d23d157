import type { PageLanguage } from './index.tsx';

type Say = readonly [pattern: RegExp, hans: (part: string) => string, hant: (part: string) => string];

/** Why a template or an answer cannot be read, as drafting says it in English. */
const FAULTS: readonly Say[] = [
  [
    /^(\{\{.*?\}\}) is no known name/,
    (name) => `${name} 不是可以填入的名称。`,
    (name) => `${name} 不是可以填入的名稱。`,
  ],
  [
    /^(Braces) must be double/,
    () => '花括号要成对写，里面只放一个名称，例如 {{product}}。',
    () => '花括號要成對寫，裡面只放一個名稱，例如 {{product}}。',
  ],
  [/^(There is no text)/, () => '没有文本。', () => '沒有文字。'],
  [/^(Its twin \S+) is missing/, () => '缺少另一种语言的文本。', () => '缺少另一種語言的文字。'],
  [
    /^(.*could not answer)/,
    () => '这是只用 {{product}} 和 {{greeting}} 的最后一个模板，没有它，信息不全的工作区就无法回复。',
    () => '這是只用 {{product}} 和 {{greeting}} 的最後一個範本，沒有它，資訊不全的工作區就無法回覆。',
  ],
  [
    /^(An article holds)/,
    () => '只能用以 ## 开头的标题、以 - 或 1. 开头的列表和单行段落，不能用其他标记。',
    () => '只能用以 ## 開頭的標題、以 - 或 1. 開頭的清單和單行段落，不能用其他標記。',
  ],
  [/^(There is nothing behind the mark)/, () => '标记后面没有内容。', () => '標記後面沒有內容。'],
];

/** The same in the language of the page; what nobody has translated stays as it is. */
export function textFaultWords(fault: string, lang: PageLanguage): string {
  if (lang === 'en') return fault;
  for (const [pattern, hans, hant] of FAULTS) {
    const part = pattern.exec(fault)?.[1];
    if (part !== undefined) return lang === 'zh-Hans' ? hans(part) : hant(part);
  }
  return fault;
}
