import { type Dictionary, Segmenter } from './segment.ts';
import { senseFeatures } from './sense-features.ts';
import { Senses, type SenseTable } from './senses.ts';
import { finish, KIND, kindOf, mix, wordHash } from './units.ts';

/**
 * What the linear model counts: words, two and three in a row, and pieces of 2 to 5 letters inside a word; in Chinese,
 * pieces of 1 to 4 characters and, where a dictionary is at hand, words; in both, what is said and which two things are said
 * near each other. Every feature is a 32-bit hash.
 */
export interface FeatureOptions {
  /** Longest run of words taken as one feature. */
  words: number;
  /** Shortest and longest piece of a Latin word, its edges counted as one letter each. */
  pieces: [number, number];
  /** Longest piece of a run of Chinese characters. */
  characters: number;
  /** How many things said before it a word or sense is paired with, in no order; 0 for no pairs. */
  pairs: number;
}

export const DEFAULT_FEATURES: FeatureOptions = { words: 3, pieces: [2, 5], characters: 4, pairs: 6 };

/** The ways a text is looked at. Each is brought to a length of its own: a word is not drowned by its pieces. */
export const VIEW = { words: 0, pieces: 1, characters: 2, senses: 3 } as const;
export const VIEWS = 4;

/** Features of one text, in growing arrays that the next text reuses. Offsets are those of the text that was read. */
export class FeatureList {
  length = 0;
  hashes = new Uint32Array(4096);
  views = new Uint8Array(4096);
  starts = new Uint32Array(4096);
  ends = new Uint32Array(4096);

  clear(): void {
    this.length = 0;
  }

  push(hash: number, view: number, start: number, end: number): void {
    if (this.length === this.hashes.length) this.grow();
    const at = this.length++;
    this.hashes[at] = hash >>> 0;
    this.views[at] = view;
    this.starts[at] = start;
    this.ends[at] = end;
  }

  private grow(): void {
    for (const key of ['hashes', 'starts', 'ends'] as const) {
      const bigger = new Uint32Array(this[key].length * 2);
      bigger.set(this[key]);
      this[key] = bigger;
    }
    const views = new Uint8Array(this.views.length * 2);
    views.set(this.views);
    this.views = views;
  }
}

const PIECE_SEED = 0x9747b28c;
const CHARACTER_SEED = 0x3c6ef372;
const EDGE = 32;

/** Reads all features of a text as `view` made it into a list. */
export type Reader = (text: string, into: FeatureList) => void;

/** @param dictionary the words of Chinese; without it only its characters are counted */
export function readerOf(options: FeatureOptions, table: SenseTable, dictionary?: Dictionary): Reader {
  const senses = Object.keys(table).length > 0 ? new Senses(table) : undefined;
  const segmenter = dictionary && new Segmenter(dictionary);
  return (text, into) => extractFeatures(text, options, into, senses, segmenter);
}

function extractFeatures(
  text: string,
  options: FeatureOptions,
  into: FeatureList,
  senses?: Senses,
  segmenter?: Segmenter,
): void {
  into.clear();
  /** Hash, start and end of the last words, for pairs and longer runs. */
  const before: [number, number][] = [];
  for (let at = 0; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at));
    let end = at + 1;
    if (kind === KIND.other) {
      at = end;
      continue;
    }
    while (end < text.length && kindOf(text.charCodeAt(end)) === kind) end++;
    if (kind === KIND.character) {
      characters(text, at, end, options, into);
      segmenter?.segment(text, at, end, (start, to) =>
        into.push(finish(wordHash(text, start, to)), VIEW.words, start, to),
      );
      before.length = 0;
    } else {
      if (kind === KIND.word) pieces(text, at, end, options, into);
      wordRuns(wordHash(text, at, end), at, end, before, options, into);
    }
    at = end;
  }
  if (options.pairs > 0)
    senseFeatures(text, options.pairs, senses, (hash, start, end) => into.push(hash, VIEW.senses, start, end));
}

function wordRuns(
  hash: number,
  from: number,
  to: number,
  before: [number, number][],
  options: FeatureOptions,
  into: FeatureList,
): void {
  into.push(finish(hash), VIEW.words, from, to);
  let run = hash;
  for (let back = 1; back < options.words && back <= before.length; back++) {
    const [earlier, start] = before[before.length - back] as [number, number];
    run = Math.imul(run, 31) ^ Math.imul(earlier, 0x85ebca6b) ^ back;
    into.push(finish(run), VIEW.words, start, to);
  }
  before.push([hash, from]);
  if (before.length >= options.words) before.shift();
}

/** Pieces of " word ", so that beginnings and endings differ from middles. */
function pieces(
  text: string,
  from: number,
  to: number,
  { pieces: [shortest, longest] }: FeatureOptions,
  into: FeatureList,
): void {
  const unit = (i: number) => (i < from || i >= to ? EDGE : text.charCodeAt(i));
  for (let start = from - 1; start <= to; start++) {
    let hash = PIECE_SEED;
    for (let end = start; end <= to && end - start < longest; end++) {
      hash = mix(hash, unit(end));
      if (end - start + 1 < shortest) continue;
      into.push(finish(hash), VIEW.pieces, Math.max(from, start), Math.min(to, end + 1));
    }
  }
}

function characters(text: string, from: number, to: number, options: FeatureOptions, into: FeatureList): void {
  for (let start = from; start < to; start++) {
    let hash = CHARACTER_SEED;
    for (let end = start; end < to && end - start < options.characters; end++) {
      hash = mix(hash, text.charCodeAt(end));
      into.push(finish(hash), VIEW.characters, start, end + 1);
    }
  }
}
