/**
 * What the linear model counts: words, two and three in a row, and pieces of 2 to 5 letters inside a word; in Chinese,
 * pieces of 1 to 4 characters. Every feature is a 32-bit hash, so that a text of any language needs no dictionary.
 */
export interface FeatureOptions {
  /** Longest run of words taken as one feature. */
  words: number;
  /** Shortest and longest piece of a Latin word, its edges counted as one letter each. */
  pieces: [number, number];
  /** Longest piece of a run of Chinese characters. */
  characters: number;
}

export const DEFAULT_FEATURES: FeatureOptions = { words: 3, pieces: [2, 5], characters: 4 };

/** The three ways a text is looked at. Each is brought to a length of its own: a word is not drowned by its pieces. */
export const VIEW = { words: 0, pieces: 1, characters: 2 } as const;
export const VIEWS = 3;

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

const WORD_SEED = 0x811c9dc5;
const PIECE_SEED = 0x9747b28c;
const CHARACTER_SEED = 0x3c6ef372;
const EDGE = 32;

const mix = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x01000193);

/** Spreads the bits of an FNV-like hash: short strings differ in few of them. */
function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** Letters, digits and apostrophes make words; Han, kana and Hangul make runs; emoji stand alone; the rest parts. */
const KIND = { other: 0, word: 1, character: 2, sign: 3 } as const;

function kindOf(unit: number): number {
  if ((unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit === 39) return KIND.word;
  if (unit < 128) return unit === 33 || unit === 63 ? KIND.sign : KIND.other;
  if ((unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3040 && unit <= 0x30ff) || (unit >= 0xac00 && unit <= 0xd7af))
    return KIND.character;
  if (unit >= 0xd800 && unit <= 0xdfff) return KIND.sign;
  if (unit >= 0x2600 && unit <= 0x27bf) return KIND.sign;
  if ((unit >= 0xc0 && unit <= 0x24f) || (unit >= 0x370 && unit <= 0x6ff) || (unit >= 0xe00 && unit <= 0xe7f))
    return KIND.word;
  if (unit >= 0x3400 && unit <= 0x4dbf) return KIND.character;
  return KIND.other;
}

/** Reads all features of a text as `view` made it into `into`. */
export function extractFeatures(text: string, options: FeatureOptions, into: FeatureList): void {
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
      before.length = 0;
    } else {
      if (kind === KIND.word) pieces(text, at, end, options, into);
      wordRuns(wordHash(text, at, end), at, end, before, options, into);
    }
    at = end;
  }
}

function wordHash(text: string, from: number, to: number): number {
  let hash = WORD_SEED;
  for (let i = from; i < to; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
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
