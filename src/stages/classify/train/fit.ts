import { createHash } from 'node:crypto';
import { DEFAULT_FEATURES, type FeatureOptions, readerOf } from '../features.ts';
import { type Folded, fold } from '../fold.ts';
import type { ModelHead, TrainedModel } from '../model.ts';
import type { Dictionary } from '../segment.ts';
import type { SenseTable } from '../senses.ts';
import { foldedPairs, makeView } from '../view.ts';
import type { VectorTable } from '../word-vectors.ts';
import type { Calibration } from './calibrate.ts';
import type { Example } from './examples.ts';
import { buildMatrix, buildVocabulary } from './matrix.ts';
import { learnNets } from './net.ts';
import { quantise } from './quantise.ts';
import { separate } from './svm.ts';
import { learnUrgency } from './urgency.ts';

export interface TrainOptions {
  features?: Partial<FeatureOptions>;
  /** In how many texts a feature must occur to be kept. Default 2, and 1 for small sets. */
  minTexts?: number;
  /** Cost of an error on a training text. */
  cost?: number;
  /** Names that the model must not learn: the brand's and those of other products. */
  hide?: readonly string[];
  /** Regional words of Traditional Chinese and what they are called in the training texts. */
  regional?: Record<string, string>;
  /** Words that say the same. */
  senses?: SenseTable;
  /** Words as points among which texts are placed. */
  wordVectors?: VectorTable;
  /** The words of Chinese. */
  dictionary?: Dictionary;
  /** Short texts to learn from and never to measure on, such as phrases of a lexicon. Those with other labels are left out. */
  hints?: readonly Example[];
  /** What a lexicon says of a text, label by label. Its weight is fitted with the temperature. */
  lexiconPoints?: (text: string, labels: readonly string[]) => Float64Array;
  /** Nets beside the separators, by number and units of each; [0, 0] for none. Default 3 of 24, of 64 where labels are many. */
  nets?: [number, number];
  /** False to learn nothing of urgency, where only labels matter. */
  urgency?: boolean;
  /** What stands beside the words of a text, as `signsOf` tells it. */
  signs?: (text: string) => number[];
  /** Told from time to time how far it is, from 0 to 1. */
  onProgress?: (done: number) => void;
}

/** What is fitted on held-out texts. */
export type Tuned = Calibration & Pick<ModelHead, 'unsureBelow'> & { cost: number };

const PASSES = 40;
/** With more labels than this a text must be told from many alike, and the net is given more room. */
const MANY_LABELS = 30;
/** What the net's scores are worth beside the margins of the separators. */
const NET_SHARE = 0.5;
/** What the separators take of the whole time, about, where there is a net. */
const SEPARATING = 0.3;
/** The rarest features go where there are more: a model of thirteen labels stays under 8 MB. */
const MOST_ROWS = 90_000;

/** Texts as the model reads them, in use as in training. */
export function viewOf({ hide, regional }: TrainOptions): (text: string) => Folded {
  const view = makeView({ names: hide, regional: foldedPairs(regional ?? {}) });
  return (text) => view.hide(view.common(fold(text)));
}

/** One linear separator per label, quantised, with the settings it was tuned to. */
export function fitModel(
  examples: readonly Example[],
  labels: string[],
  options: TrainOptions,
  { cost, ...calibration }: Tuned,
  progress: (done: number) => void,
): TrainedModel {
  const features = { ...DEFAULT_FEATURES, ...options.features };
  const view = viewOf(options);
  const texts = [...examples, ...(options.hints ?? []).filter(({ label }) => labels.includes(label))];
  const views = texts.map(({ text }) => view(text));
  const signs = texts.map(({ text }, i) => (i < examples.length ? (options.signs?.(text) ?? []) : []));
  const worth = worthOf(texts, examples.length);
  const minTexts = options.minTexts ?? (examples.length < 1500 ? 1 : 2);
  const senses = options.senses ?? {};
  const { wordVectors, dictionary } = options;
  const read = readerOf(features, senses, dictionary);
  const vocabulary = buildVocabulary(views, read, minTexts, MOST_ROWS, signs);
  const matrix = buildMatrix(views, read, vocabulary, signs, wordVectors);
  const many = labels.length > MANY_LABELS;
  const [nets, unitsEach] = options.nets ?? [3, many ? 64 : 24];
  const units = nets * unitsEach;
  const separators = labels.map((label, number) => {
    const mine = Uint8Array.from(texts, (example) => (example.label === label ? 1 : 0));
    const share = mine.reduce((sum, is) => sum + is, 0) / mine.length;
    // Rare labels count more, or the frequent ones would take their texts.
    const ownCost = Math.min(4, Math.max(1, 1 / (labels.length * share)));
    const costs = worth.map((each, i) => each * cost * (mine[i] ? ownCost : 1));
    progress(((number + 1) / labels.length) * (units > 0 ? SEPARATING : 1));
    return separate(matrix, mine, { costs, passes: PASSES, seed: 11 + number });
  });
  const urgency = options.urgency === false ? undefined : learnUrgency(texts, matrix);
  const net =
    units === 0
      ? undefined
      : learnNets(
          matrix,
          Int32Array.from(texts, ({ label }) => labels.indexOf(label)),
          labels.length,
          {
            nets,
            units: unitsEach,
            worth,
            share: NET_SHARE,
            rate: many ? 0.1 : 0.05,
            onPass: (done) => progress(SEPARATING + done * (1 - SEPARATING)),
          },
        );
  const parts = {
    ...vocabulary,
    ...quantise(urgency ? [...separators, urgency.separator] : separators, matrix.columns),
    ...(net && { net }),
    ...(wordVectors && { wordVectors }),
    ...(dictionary && { dictionary }),
  };
  const head: Omit<ModelHead, 'version'> = {
    format: 3,
    labels,
    rows: vocabulary.hashes.length,
    features,
    ...calibration,
    hidden: [...(options.hide ?? [])],
    regional: { ...options.regional },
    senses,
    ...(urgency && { urgentFrom: urgency.from }),
    units,
    vectors: { words: wordVectors?.hashes.length ?? 0, dims: wordVectors?.dims ?? 0 },
    dictionary: dictionary?.hashes.length ?? 0,
    examples: examples.length,
  };
  const hash = createHash('sha256').update(JSON.stringify(head)).update(parts.weights).update(parts.biases);
  if (net) hash.update(net.inputs).update(net.outputs);
  return { head: { ...head, version: hash.digest('hex').slice(0, 8) }, ...parts };
}

/** What a phrase of the lexicon counts beside examples. */
const HINT = 0.3;

function worthOf(texts: readonly Example[], examples: number): Float64Array {
  return Float64Array.from(texts, ({ weight = 1 }, i) => (i < examples ? weight : HINT));
}
