import type { FeatureOptions } from './features.ts';
import { extractFeatures, FeatureList } from './features.ts';
import type { Folded } from './fold.ts';
import { SIGN } from './signs.ts';

/** What a model's JSON head holds. */
export interface ModelHead {
  format: 1;
  /** Of weights and settings together; the same training gives the same version. */
  version: string;
  labels: string[];
  rows: number;
  features: FeatureOptions;
  /** Texts whose weighted features are shorter than this are not stretched to length 1. */
  shortest: number;
  /** Margins are divided by it before the softmax. Fitted on texts that were held out. */
  temperature: number;
  /** What a lexicon point is worth beside the margins, fitted likewise. 0 where no lexicon knows the labels. */
  lexiconWeight: number;
  /** Verdicts less sure than this are called unsure. */
  unsureBelow: number;
  /** Names hidden from the model in training, and so in use. */
  hidden: string[];
  regional: Record<string, string>;
  /** From which margin of the last column a post is urgent. Only where examples say how urgent they are. */
  urgentFrom?: number | undefined;
  /** What it was trained on, in numbers. */
  examples: number;
}

/** A trained linear model: a row of quantised weights per feature, one column per label, and one for urgency where known. */
export interface TrainedModel {
  head: ModelHead;
  hashes: Uint32Array;
  /** Inverse document frequency per row. */
  idf: Float32Array;
  /** Row-major, `rows × columns`. */
  weights: Int8Array;
  /** What one step of a label's weights is worth. */
  scales: Float32Array;
  biases: Float32Array;
}

/** Finds a feature's row by its hash. Open addressing, at most half full. */
export class RowIndex {
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly hashes: Uint32Array;

  constructor(hashes: Uint32Array) {
    this.hashes = hashes;
    let size = 16;
    while (size < hashes.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size).fill(-1);
    for (let row = 0; row < hashes.length; row++) {
      let slot = (hashes[row] as number) & this.mask;
      while (this.slots[slot] !== -1) slot = (slot + 1) & this.mask;
      this.slots[slot] = row;
    }
  }

  /** The row, or -1 for a feature that training did not keep. */
  find(hash: number): number {
    let slot = hash & this.mask;
    for (;;) {
      const row = this.slots[slot] as number;
      if (row === -1 || this.hashes[row] === hash) return row;
      slot = (slot + 1) & this.mask;
    }
  }
}

/** One text as rows and values of unit length, and which feature of the list is which row. */
export interface Vector {
  length: number;
  rows: Int32Array;
  values: Float32Array;
}

/** Turns texts into vectors and vectors into margins. Keeps its buffers: not for use by two callers at once. */
export class Scorer {
  readonly model: TrainedModel;
  readonly list = new FeatureList();
  readonly vector: Vector = { length: 0, rows: new Int32Array(4096), values: new Float32Array(4096) };
  private readonly index: RowIndex;
  private readonly place: Int32Array;
  /** Margin over the threshold for urgent of the text read last; undefined where the model knows no urgency. */
  urgency: number | undefined;

  constructor(model: TrainedModel) {
    this.model = model;
    this.index = new RowIndex(model.hashes);
    this.place = new Int32Array(model.hashes.length).fill(-1);
  }

  /**
   * The margin of each label, before temperature. Leaves the text's features in `list` and `vector`, and `urgency`.
   * @param signs features beside the words, from `signsOf`
   */
  margins(view: Folded, signs: readonly number[] = []): Float64Array {
    const { labels, urgentFrom } = this.model.head;
    const width = this.model.scales.length;
    this.read(view, signs);
    const sums = new Float64Array(width);
    const { rows, values, length } = this.vector;
    const { weights } = this.model;
    for (let i = 0; i < length; i++) {
      const value = values[i] as number;
      const from = (rows[i] as number) * width;
      for (let label = 0; label < width; label++) {
        sums[label] = (sums[label] as number) + value * (weights[from + label] as number);
      }
    }
    for (let label = 0; label < width; label++) {
      sums[label] =
        (sums[label] as number) * (this.model.scales[label] as number) + (this.model.biases[label] as number);
    }
    this.urgency = urgentFrom === undefined ? undefined : (sums[labels.length] as number) - urgentFrom;
    return sums.subarray(0, labels.length);
  }

  /** What each feature of the last text added to `label` and took from `against`, told with its place in the view. */
  contributions(label: number, against: number, tell: (start: number, end: number, weight: number) => void): void {
    const { model, list, vector, index } = this;
    const width = model.scales.length;
    for (let i = 0; i < vector.length; i++) this.place[vector.rows[i] as number] = i;
    const count = new Map<number, number>();
    for (let i = 0; i < list.length; i++) {
      const row = index.find(list.hashes[i] as number);
      if (row >= 0) count.set(row, (count.get(row) ?? 0) + 1);
    }
    for (let i = 0; i < list.length; i++) {
      const row = index.find(list.hashes[i] as number);
      if (row < 0) continue;
      const value = (vector.values[this.place[row] as number] as number) / (count.get(row) as number);
      const of = (which: number) => (model.weights[row * width + which] as number) * (model.scales[which] as number);
      tell(list.starts[i] as number, list.ends[i] as number, value * (of(label) - (against < 0 ? 0 : of(against))));
    }
    for (let i = 0; i < vector.length; i++) this.place[vector.rows[i] as number] = -1;
  }

  /** The rows of a text by their idf, brought to length 1, and its signs. */
  private read(view: Folded, signs: readonly number[]): void {
    const { list, vector, index, place } = this;
    extractFeatures(view.text, this.model.head.features, list);
    if (vector.rows.length < list.length + signs.length) {
      vector.rows = new Int32Array((list.length + signs.length) * 2);
      vector.values = new Float32Array((list.length + signs.length) * 2);
    }
    let length = 0;
    for (let i = 0; i < list.length; i++) {
      const row = index.find(list.hashes[i] as number);
      if (row < 0) continue;
      if ((place[row] as number) >= 0) continue;
      place[row] = length;
      vector.rows[length++] = row;
    }
    vector.length = length;
    weigh(vector, this.model.idf, this.model.head.shortest);
    for (let i = 0; i < length; i++) place[vector.rows[i] as number] = -1;
    for (const sign of signs) {
      const row = index.find(sign);
      if (row < 0) continue;
      vector.rows[vector.length] = row;
      vector.values[vector.length++] = SIGN;
    }
  }
}

/**
 * Every feature counts once, by its idf; all together have length 1: a word said five times is not five words. A text of few features stays shorter: two words are no reason to be
 * as sure as two sentences.
 */
export function weigh({ rows, values, length }: Vector, idf: Float32Array, shortest: number): void {
  let square = 0;
  for (let i = 0; i < length; i++) {
    const value = idf[rows[i] as number] as number;
    values[i] = value;
    square += value * value;
  }
  const norm = 1 / Math.max(shortest, Math.sqrt(square));
  for (let i = 0; i < length; i++) values[i] = (values[i] as number) * norm;
}

/** Probabilities from scores. */
export function softmax(scores: Float64Array, temperature: number): Float64Array {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - top) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
