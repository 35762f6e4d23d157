import { validateMnemonic } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as simplified } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js';
import type { PersonalSpan } from '../../../core/nouns.ts';

/** The lengths that BIP-39 knows. */
const LENGTHS = [24, 21, 18, 15, 12] as const;
const SHORTEST = 12;
/** Nobody writes so many of these words in a row: a phrase may hide among them, so all are taken. */
const ENDLESS = 300;
const NAMED = /seed|mnemonic|recovery|phrase|backup words|secret words|助记|助記|恢复词|恢復詞|私钥|私鑰/i;

const ENGLISH = { words: new Set(english), lists: [english] };
const CHINESE = { words: new Set([...simplified, ...traditional]), lists: [simplified, traditional] };

/** English words, numbered or not, and single Chinese characters that something stands between. */
const RUNS = [
  {
    ...ENGLISH,
    run: /(?<![\p{L}\p{N}])[A-Za-z]{3,8}(?:[\s,;、|/-]{0,3}(?:\d{1,2}[.):]?)?[\s,;、|/-]{1,3}[A-Za-z]{3,8}){11,}(?![\p{L}\p{N}])/dgu,
    word: /[A-Za-z]+/dg,
  },
  {
    ...CHINESE,
    run: /\p{Script=Han}(?:[\s,，、]{0,2}(?:\d{1,2}[.):、]?)?[\s,，、]{1,3}\p{Script=Han}){11,}/dgu,
    word: /\p{Script=Han}/dgu,
  },
] as const;

/**
 * Seed phrases of wallets by the BIP-39 word lists. With the checksum right they need no word for them nearby; without it
 * (a word mistyped, one left out) they do.
 */
export function findSeedPhrases(text: string): PersonalSpan[] {
  const named = NAMED.test(text);
  return RUNS.flatMap(({ words, lists, run, word }) =>
    [...text.matchAll(run)].flatMap((found) => {
      const places = [...found[0].matchAll(word)].map((match) => ({
        word: match[0].toLowerCase(),
        start: found.index + match.index,
        end: found.index + match.index + match[0].length,
      }));
      return stretchesOf(places, words).flatMap((stretch) => phrasesIn(stretch, lists, named));
    }),
  );
}

interface Place {
  word: string;
  start: number;
  end: number;
}

/** Words of the list that follow each other. */
function stretchesOf(places: readonly Place[], words: ReadonlySet<string>): Place[][] {
  const stretches: Place[][] = [[]];
  for (const place of places) {
    if (words.has(place.word)) stretches.at(-1)?.push(place);
    else stretches.push([]);
  }
  return stretches.filter(({ length }) => length >= SHORTEST);
}

/** Phrases with a right checksum, the longest first; else, where something names one, the whole stretch. */
function phrasesIn(stretch: readonly Place[], lists: readonly string[][], named: boolean): PersonalSpan[] {
  if (stretch.length > ENDLESS) return [spanOf(stretch)];
  const spans: PersonalSpan[] = [];
  for (let from = 0; from + SHORTEST <= stretch.length; ) {
    const length = LENGTHS.find((count) => isPhrase(stretch.slice(from, from + count), count, lists));
    if (length === undefined) from++;
    else {
      spans.push(spanOf(stretch.slice(from, from + length)));
      from += length;
    }
  }
  return spans.length === 0 && named ? [spanOf(stretch)] : spans;
}

function isPhrase(places: readonly Place[], count: number, lists: readonly string[][]): boolean {
  if (places.length < count) return false;
  const phrase = places.map(({ word }) => word).join(' ');
  return lists.some((list) => validateMnemonic(phrase, list));
}

function spanOf(places: readonly Place[]): PersonalSpan {
  return { kind: 'seed-phrase', start: (places[0] as Place).start, end: (places.at(-1) as Place).end };
}
