import simplifiedToTraditional from 'opencc-js/dict/STCharacters';
import traditionalToSimplified from 'opencc-js/dict/TSCharacters';
import type { Language, ReplyLanguage } from '../../core/nouns.ts';

/** The characters that only one of the two scripts uses, each with its usual counterpart. 后 or 里, used by both, are left out. */
function onlyIn(pairs: string): Map<string, string> {
  const only = new Map<string, string>();
  for (const pair of pairs.split('|')) {
    const [from, ...to] = pair.split(' ');
    if (from && to[0] && !to.includes(from)) only.set(from, to[0]);
  }
  return only;
}
const TRADITIONAL = onlyIn(traditionalToSimplified);
const SIMPLIFIED = onlyIn(simplifiedToTraditional);

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}'’]*/gu;
const OTHER_LETTER = /(?![\p{Script=Latin}\p{Script=Han}])\p{L}/gu;

/** What a text is written with. Han counts characters, Latin counts words: both are about one word each. */
export interface Scripts {
  han: number;
  /** Characters that only Simplified, or only Traditional writing uses. */
  simplified: string[];
  traditional: string[];
  latinWords: number;
  /** Letters of all other scripts. */
  otherLetters: number;
}

export function scriptsOf(text: string): Scripts {
  const han = text.match(HAN) ?? [];
  return {
    han: han.length,
    simplified: han.filter((character) => SIMPLIFIED.has(character)),
    traditional: han.filter((character) => TRADITIONAL.has(character)),
    latinWords: text.match(LATIN_WORD)?.length ?? 0,
    otherLetters: text.match(OTHER_LETTER)?.length ?? 0,
  };
}

/** The same text in Simplified characters, one for one: to compare with, not to show. */
export function simplify(text: string): string {
  return text.replace(HAN, (character) => TRADITIONAL.get(character) ?? character);
}

/** Links, addresses, handles and error codes say nothing about the language somebody writes in. */
const NOT_LANGUAGE = /https?:\/\/\S+|[^\s@]{1,64}@[^\s@]+|[@#]\w+|\b[A-Z]+-?\d+\b/g;

/**
 * The language to answer in, or none when it is no language of ours. A post that mixes Chinese and English is answered
 * in the one that carries more of it; on a draw in Chinese, since the English in it is mostly names and terms.
 */
export function answerIn(lang: Language, text: string): ReplyLanguage | undefined {
  if (lang === 'other') return undefined;
  if (lang !== 'mixed') return lang;
  const { han, simplified, traditional, latinWords } = scriptsOf(text.slice(0, 20_000).replace(NOT_LANGUAGE, ' '));
  // A Chinese word has about 1.6 characters.
  if (latinWords > han / 1.6) return 'en';
  return traditional.length > simplified.length ? 'zh-Hant' : 'zh-Hans';
}
