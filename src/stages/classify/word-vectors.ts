import { RowIndex } from './row-index.ts';
import { finish, KIND, kindOf, wordHash } from './units.ts';

/** Words as points in a space where words used alike lie near each other: `declined` beside `refused`, whatever was trained on. */
export interface VectorTable {
  dims: number;
  /** Of each word, as `hashOfWord` gives it. */
  hashes: Uint32Array;
  /** Row-major, `words × dims`; the more a word tells, the longer its row. */
  values: Int8Array;
}

/** What is read of a text counts so much beside its words, which have length 1. */
const LENGTH = 0.5;
const OWNER = /'s$|'/g;

export const hashOfWord = (word: string): number => finish(wordHash(word, 0, word.length)) >>> 0;

/** Where a text lies among the words of a table: the sum of its words, brought to one length. Keeps what it read last. */
export class WordVectors {
  /** Of the text read last; all zero where none of its words is known. */
  readonly place: Float32Array;
  private readonly table: VectorTable;
  private readonly index: RowIndex;
  private readonly found: { row: number; start: number; end: number }[] = [];
  private scale = 0;

  constructor(table: VectorTable) {
    this.table = table;
    this.index = new RowIndex(table.hashes);
    this.place = new Float32Array(table.dims);
  }

  /** @param text as `view` made it */
  read(text: string): Float32Array {
    const { place, found } = this;
    const { dims, values } = this.table;
    place.fill(0);
    found.length = 0;
    for (let start = 0; start < text.length; start++) {
      if (kindOf(text.charCodeAt(start)) !== KIND.word) continue;
      let end = start + 1;
      while (end < text.length && kindOf(text.charCodeAt(end)) === KIND.word) end++;
      const row = this.find(text.slice(start, end));
      if (row >= 0) {
        found.push({ row, start, end });
        for (let dim = 0; dim < dims; dim++) place[dim] = (place[dim] as number) + (values[row * dims + dim] as number);
      }
      start = end;
    }
    const length = Math.sqrt(place.reduce((sum, value) => sum + value * value, 0));
    this.scale = length > 0 ? LENGTH / length : 0;
    for (let dim = 0; dim < dims; dim++) place[dim] = (place[dim] as number) * this.scale;
    return place;
  }

  /** How far each word of the text read last moved it along a direction, told with its place in the text. */
  along(direction: Float64Array, tell: (start: number, end: number, weight: number) => void): void {
    const { dims, values } = this.table;
    for (const { row, start, end } of this.found) {
      let sum = 0;
      for (let dim = 0; dim < dims; dim++) sum += (direction[dim] as number) * (values[row * dims + dim] as number);
      tell(start, end, sum * this.scale);
    }
  }

  private find(word: string): number {
    const row = this.index.find(hashOfWord(word));
    return row >= 0 || !word.includes("'") ? row : this.index.find(hashOfWord(word.replace(OWNER, '')));
  }
}
