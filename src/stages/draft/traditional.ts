import { createRequire } from 'node:module';

type Convert = (text: string) => string;

/** Words that Taiwanese and Hong Kong writers use where the converter keeps the mainland one. */
const HOUSE_WORDS: readonly [RegExp, string][] = [
  [/賬/g, '帳'],
  [/充值/g, '儲值'],
  [/郵箱/g, '信箱'],
  [/私信/g, '私訊'],
  [/官網/g, '官方網站'],
  [/身份/g, '身分'],
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
