import { RowIndex } from './row-index.ts';
import { finish, mix } from './units.ts';

/** Chinese words, and what each costs: the rarer, the more. */
export interface Dictionary {
  /** Of each word, as `hashOfCharacters` gives it. */
  hashes: Uint32Array;
  costs: Float32Array;
}

const SEED = 0x7feb352d;
const LONGEST = 4;
/** A character that is no word of the dictionary costs as much as a very rare one. */
const UNKNOWN = 16;

const hashOfCharacters = (word: string): number =>
  finish([...word].reduce((hash, c) => mix(hash, c.charCodeAt(0)), SEED)) >>> 0;

/** @param counts words with how often each was counted */
export function dictionaryOf(counts: readonly (readonly [string, number])[]): Dictionary {
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return {
    hashes: Uint32Array.from(counts, ([word]) => hashOfCharacters(word)),
    costs: Float32Array.from(counts, ([, count]) => Math.log(all / count)),
  };
}

/** Parts runs of Chinese characters into words: of all ways the one whose words are most common together. */
export class Segmenter {
  private readonly costs: Float32Array;
  private readonly index: RowIndex;
  /** Of the cheapest way up to each place: its cost, and where its last word begins. */
  private least = new Float64Array(256);
  private last = new Int32Array(256);

  constructor({ hashes, costs }: Dictionary) {
    this.costs = costs;
    this.index = new RowIndex(hashes);
  }

  /** Tells the words of a run one after the other, the last one first. */
  segment(text: string, from: number, to: number, tell: (start: number, end: number) => void): void {
    this.make(to - from + 1);
    const { least, last } = this;
    least.fill(Number.POSITIVE_INFINITY, 0, to - from + 1);
    least[0] = 0;
    for (let start = from; start < to; start++) {
      let hash = SEED;
      for (let end = start + 1; end <= to && end - start <= LONGEST; end++) {
        hash = mix(hash, text.charCodeAt(end - 1));
        const row = this.index.find(finish(hash) >>> 0);
        if (row < 0 && end > start + 1) continue;
        const cost = (least[start - from] as number) + (row < 0 ? UNKNOWN : (this.costs[row] as number));
        if (cost >= (least[end - from] as number)) continue;
        least[end - from] = cost;
        last[end - from] = start;
      }
    }
    for (let end = to; end > from; ) {
      const start = last[end - from] as number;
      tell(start, end);
      end = start;
    }
  }

  private make(room: number): void {
    if (this.least.length >= room) return;
    this.least = new Float64Array(room * 2);
    this.last = new Int32Array(room * 2);
  }
}
