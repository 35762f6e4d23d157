import { FeatureList, type FeatureOptions, type Reader, readerOf } from './features.ts';
import type { Folded } from './fold.ts';
import type { Dictionary } from './segment.ts';
import type { SenseTable } from './senses.ts';
import { emptyVector, type Vector, Vectors } from './vector.ts';
import { type VectorTable, WordVectors } from './word-vectors.ts';

/** What a model's JSON head holds. */
export interface ModelHead {
  format: 2 | 3;
  /** Of weights and settings together; the same training gives the same version. */
  version: string;
  labels: string[];
  /** Features that are found by their hash. Behind their rows lies one for each dimension of the word vectors. */
  rows: number;
  features: FeatureOptions;
  /** Margins are divided by it before the softmax. Fitted on texts that were held out. */
  temperature: number;
  /** What a lexicon point is worth beside the margins, fitted likewise. 0 where no lexicon knows the labels. */
  lexiconWeight: number;
  /** Per label, in their order: verdicts for it that are less sure than this are called unsure. */
  unsureBelow: number[];
  /** Names hidden from the model in training, and so in use. */
  hidden: string[];
  regional: Record<string, string>;
  /** Words that say the same, as it was trained with. */
  senses: SenseTable;
  /** From which margin of the last column a post is urgent. Only where examples say how urgent they are. */
  urgentFrom?: number | undefined;
  /** Units of the small net beside the separators; 0 where there is none. */
  units: number;
  /** How many words it knows the vectors of, and how long those are; none for a model without. */
  vectors: { words: number; dims: number };
  /** How many Chinese words it tells apart; 0 for a model that counts characters only. */
  dictionary: number;
  /** What it was trained on, in numbers. */
  examples: number;
}

/**
 * A net of one layer: every row adds to each unit, what is above zero speaks for labels. It hears which words go
 * together, where a separator only counts them.
 */
export interface Net {
  /** Row-major, `rows × units`, and what one step of a unit is worth. */
  inputs: Int8Array;
  scales: Float32Array;
  biases: Float32Array;
  /** Row-major, `labels × units`, already in the measure of the separators' margins; and what is added per label. */
  outputs: Float32Array;
  outputBiases: Float32Array;
}

/** A trained model: a row of quantised weights per feature, one column per label, and one for urgency where known. */
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
  net?: Net | undefined;
  wordVectors?: VectorTable | undefined;
  dictionary?: Dictionary | undefined;
}

/** Turns texts into margins. Keeps its buffers: not for use by two callers at once. */
export class Scorer {
  readonly model: TrainedModel;
  readonly list = new FeatureList();
  readonly vector: Vector = emptyVector();
  private readonly read: Reader;
  private readonly vectors: Vectors;
  private readonly words: WordVectors | undefined;
  private readonly place: Int32Array;
  /** The net's units for the text read last, those below zero at zero. */
  private readonly units: Float64Array;
  /** Margin over the threshold for urgent of the text read last; undefined where the model knows no urgency. */
  urgency: number | undefined;

  constructor(model: TrainedModel) {
    this.model = model;
    this.read = readerOf(model.head.features, model.head.senses, model.dictionary);
    this.vectors = new Vectors(model.hashes, model.idf);
    this.words = model.wordVectors && new WordVectors(model.wordVectors);
    this.place = new Int32Array(model.hashes.length + model.head.vectors.dims).fill(-1);
    this.units = new Float64Array(model.head.units);
  }

  /**
   * The margin of each label, before temperature. Leaves the text's features in `list` and `vector`, and `urgency`.
   * @param signs features beside the words, from `signsOf`
   */
  margins(view: Folded, signs: readonly number[] = []): Float64Array {
    const { labels, urgentFrom } = this.model.head;
    this.read(view.text, this.list);
    this.vectors.read(this.list, signs, this.vector, this.words?.read(view.text));
    const width = this.model.scales.length;
    const sums = weightedRows(this.vector, this.model.weights, new Float64Array(width));
    for (let label = 0; label < width; label++) {
      sums[label] =
        (sums[label] as number) * (this.model.scales[label] as number) + (this.model.biases[label] as number);
    }
    this.urgency = urgentFrom === undefined ? undefined : (sums[labels.length] as number) - urgentFrom;
    const margins = sums.subarray(0, labels.length);
    if (this.model.net) this.addNet(this.model.net, margins);
    return margins;
  }

  /** What each feature of the last text added to `label` and took from `against`, told with its place in the view. */
  contributions(label: number, against: number, tell: (start: number, end: number, weight: number) => void): void {
    const { list, vector, place } = this;
    const { index } = this.vectors;
    for (let i = 0; i < vector.length; i++) place[vector.rows[i] as number] = i;
    const count = new Float64Array(vector.length);
    const entries = new Int32Array(list.length);
    for (let i = 0; i < list.length; i++) {
      const row = index.find(list.hashes[i] as number);
      const entry = row < 0 ? -1 : (place[row] as number);
      entries[i] = entry;
      if (entry >= 0) count[entry] = (count[entry] as number) + 1;
    }
    const pull = this.pullOf(label, against);
    for (let i = 0; i < list.length; i++) {
      const entry = entries[i] as number;
      if (entry < 0) continue;
      const spoke = pull(vector.rows[entry] as number) * (vector.values[entry] as number);
      tell(list.starts[i] as number, list.ends[i] as number, spoke / (count[entry] as number));
    }
    const { rows, vectors } = this.model.head;
    this.words?.along(
      Float64Array.from({ length: vectors.dims }, (_, dim) => pull(rows + dim)),
      tell,
    );
    for (let i = 0; i < vector.length; i++) place[vector.rows[i] as number] = -1;
  }

  private addNet(net: Net, margins: Float64Array): void {
    const { units } = this;
    const many = units.length;
    weightedRows(this.vector, net.inputs, units.fill(0));
    for (let unit = 0; unit < many; unit++)
      units[unit] = Math.max(0, (units[unit] as number) * (net.scales[unit] as number) + (net.biases[unit] as number));
    for (let label = 0; label < margins.length; label++) {
      let sum = net.outputBiases[label] as number;
      for (let unit = 0; unit < many; unit++)
        sum += (units[unit] as number) * (net.outputs[label * many + unit] as number);
      margins[label] = (margins[label] as number) + sum;
    }
  }

  /** Per row, how much one unit of it adds to `label` beyond `against`: by its weights, and through the units that spoke. */
  private pullOf(label: number, against: number): (row: number) => number {
    const { model, units } = this;
    const { net } = model;
    const width = model.scales.length;
    const many = units.length;
    const through = units.map((unit, i) => {
      if (unit === 0 || !net) return 0;
      const of = (which: number) => (which < 0 ? 0 : (net.outputs[which * many + i] as number));
      return (of(label) - of(against)) * (net.scales[i] as number);
    });
    const weightOf = (row: number, which: number) =>
      which < 0 ? 0 : (model.weights[row * width + which] as number) * (model.scales[which] as number);
    return (row) => {
      let sum = weightOf(row, label) - weightOf(row, against);
      for (let unit = 0; net && unit < many; unit++)
        sum += (net.inputs[row * many + unit] as number) * (through[unit] as number);
      return sum;
    };
  }
}

/** Adds the rows of a vector, each by its value, into `sums`, whose length is that of a row. */
function weightedRows({ rows, values, length }: Vector, weights: Int8Array, sums: Float64Array): Float64Array {
  const width = sums.length;
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    const from = (rows[i] as number) * width;
    for (let column = 0; column < width; column++)
      sums[column] = (sums[column] as number) + value * (weights[from + column] as number);
  }
  return sums;
}

/** Probabilities from scores. */
export function softmax(scores: Float64Array, temperature: number): Float64Array {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - top) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
