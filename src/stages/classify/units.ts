/** Units of folded text: which kind each is of, and how runs of them become 32-bit hashes. */

const WORD_SEED = 0x811c9dc5;

export const mix = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x01000193);

/** Spreads the bits of an FNV-like hash: short strings differ in few of them. */
export function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** Letters, digits and apostrophes make words; Han, kana and Hangul make runs; emoji stand alone; the rest parts. */
export const KIND = { other: 0, word: 1, character: 2, sign: 3 } as const;

export function kindOf(unit: number): number {
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

/** Of a word as it stands, before `finish`. */
export function wordHash(text: string, from: number, to: number): number {
  let hash = WORD_SEED;
  for (let i = from; i < to; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}
