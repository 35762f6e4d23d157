import type { FeatureList } from './features.ts';
import { VIEWS } from './features.ts';
import { RowIndex } from './row-index.ts';
import { SIGN } from './signs.ts';

/** One text as rows of a model and what each is worth. */
export interface Vector {
  length: number;
  rows: Int32Array;
  values: Float32Array;
}

export const emptyVector = (): Vector => ({
  length: 0,
  rows: new Int32Array(4096),
  values: new Float32Array(4096),
});

/**
 * What the features of one view weigh together at least: words, pieces, characters, senses. A text of few features stays
 * shorter: two words are no reason to be as sure as two sentences.
 */
const SHORTEST = [10, 20, 20, 20] as const;
/**
 * A Latin word is seen as a word and by its pieces, each half of it; Chinese characters are seen once. What is said stands
 * beside them, for less: a sense is only as good as its list of words.
 */
const LENGTH = [Math.SQRT1_2, Math.SQRT1_2, 1, 0.6] as const;

/** Turns lists of features into vectors over a model's rows. Keeps its buffers: not for two callers at once. */
export class Vectors {
  readonly index: RowIndex;
  private readonly idf: Float32Array;
  private readonly seen: Uint8Array;
  private readonly squares = new Float64Array(VIEWS);
  private viewOf = new Uint8Array(4096);

  constructor(hashes: Uint32Array, idf: Float32Array) {
    this.index = new RowIndex(hashes);
    this.idf = idf;
    this.seen = new Uint8Array(hashes.length);
  }

  /**
   * Every feature counts once, by its idf; all of one view together have a set length: a word said five times is not
   * five words. Signs stand beside them, and last the place among word vectors, on rows of its own behind all others.
   */
  read(list: FeatureList, signs: readonly number[], into: Vector, place?: Float32Array): void {
    this.make(list.length + signs.length + (place?.length ?? 0), into);
    this.squares.fill(0);
    let length = 0;
    for (let i = 0; i < list.length; i++) {
      const row = this.index.find(list.hashes[i] as number);
      if (row < 0 || this.seen[row] === 1) continue;
      this.seen[row] = 1;
      const view = list.views[i] as number;
      const idf = this.idf[row] as number;
      into.rows[length] = row;
      into.values[length] = idf;
      this.viewOf[length++] = view;
      this.squares[view] = (this.squares[view] as number) + idf * idf;
    }
    const norms = this.squares.map(
      (square, view) => (LENGTH[view] as number) / Math.max(SHORTEST[view] as number, Math.sqrt(square)),
    );
    for (let i = 0; i < length; i++) {
      into.values[i] = (into.values[i] as number) * (norms[this.viewOf[i] as number] as number);
      this.seen[into.rows[i] as number] = 0;
    }
    for (const sign of signs) {
      const row = this.index.find(sign);
      if (row < 0) continue;
      into.rows[length] = row;
      into.values[length++] = SIGN;
    }
    for (let dim = 0; place !== undefined && dim < place.length; dim++) {
      into.rows[length] = this.seen.length + dim;
      into.values[length++] = place[dim] as number;
    }
    into.length = length;
  }

  private make(room: number, into: Vector): void {
    if (into.rows.length < room) {
      into.rows = new Int32Array(room * 2);
      into.values = new Float32Array(room * 2);
    }
    if (this.viewOf.length < room) this.viewOf = new Uint8Array(room * 2);
  }
}
