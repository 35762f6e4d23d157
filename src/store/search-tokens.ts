/**
 * What a text is found by. The same tokens for every engine, so that each finds the same mentions.
 *
 * Words are kept as they are, in lower case. Chinese, Japanese and Korean runs, which have no spaces, become pairs of
 * neighbours and then the last character alone: 我的钱包 gives 我的, 的钱, 钱包, 包. So a query of one character is the
 * beginning of some token, and a longer one is a phrase of pairs. Traditional and Simplified stay apart: folding them
 * needs a dictionary.
 *
 * Whoever changes what comes out here adds a migration that builds the index anew.
 */
const RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const PIECES = new RegExp(`(?<run>${RUN.source}+)|(?<word>(?:(?!${RUN.source})[\\p{L}\\p{N}\\p{M}_])+)`, 'gu');

/** Signs that are not seen: joiners, direction marks, variation selectors. Scammers put them inside words. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;

/** Only the beginning of a very long text is indexed, in UTF-16 units. */
export const INDEXED_LENGTH = 100_000;
/** Longer words are cut, in the text and in the query alike. */
const WORD_LENGTH = 64;
/** More of a query than anybody types is ignored. */
const QUERY_LENGTH = 1_000;
const QUERY_TERMS = 32;

function* pieces(text: string): Generator<{ run?: string[]; word?: string }> {
  const folded = text.toWellFormed().normalize('NFKC').toLowerCase().replace(INVISIBLE, '');
  for (const { groups } of folded.matchAll(PIECES)) {
    if (groups?.run !== undefined) yield { run: [...groups.run] };
    else if (groups?.word !== undefined) yield { word: groups.word.slice(0, WORD_LENGTH).toWellFormed() };
  }
}

function pairs(run: readonly string[]): string[] {
  return run.slice(1).map((character, index) => `${run[index]}${character}`);
}

/** All tokens of a text in their order. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const { run, word } of pieces(text.slice(0, INDEXED_LENGTH))) {
    if (word !== undefined) tokens.push(word);
    else if (run !== undefined) tokens.push(...pairs(run), run.at(-1) as string);
  }
  return tokens;
}

/** One thing that must occur: tokens in a row, the last of them only begun when `prefix` is set. */
export interface Term {
  phrase: string[];
  prefix: boolean;
}

/** What a query asks for; every term must occur. Empty when it holds nothing that can be searched, such as "?!". */
export function termsOf(query: string): Term[] {
  const terms: Term[] = [];
  for (const { run, word } of pieces(query.slice(0, QUERY_LENGTH))) {
    if (word !== undefined) terms.push({ phrase: [word], prefix: false });
    else if (run?.length === 1) terms.push({ phrase: run, prefix: true });
    else if (run !== undefined) terms.push({ phrase: pairs(run), prefix: false });
  }
  // Whoever is still typing has not finished the last word.
  const last = terms.at(-1);
  if (last && /[\p{L}\p{N}\p{M}_]$/u.test(query) && last.phrase.length === 1)
    last.prefix ||= !RUN.test(last.phrase[0] as string);
  return terms.slice(0, QUERY_TERMS);
}
