import { createHash } from 'node:crypto';
import { DEFAULT_FEATURES, type FeatureOptions } from '../features.ts';
import { type Folded, fold } from '../fold.ts';
import { type ModelHead, Scorer, softmax, type TrainedModel } from '../model.ts';
import { foldedPairs, makeView } from '../view.ts';
import { type Calibration, calibrate, type HeldOut } from './calibrate.ts';
import { type Example, split } from './examples.ts';
import { buildMatrix, buildVocabulary } from './matrix.ts';
import { quantise } from './quantise.ts';
import { separate } from './svm.ts';
import { type Judged, unsureThreshold } from './threshold.ts';

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
  /** Short texts to learn from and never to measure on, such as phrases of a lexicon. Those with other labels are left out. */
  hints?: readonly Example[];
  /** What a lexicon says of a text, label by label. Its weight is fitted with the temperature. */
  lexiconPoints?: (text: string, labels: readonly string[]) => Float64Array;
  /** Told from time to time how far it is, from 0 to 1. */
  onProgress?: (done: number) => void;
}

type Fitted = Calibration & Pick<ModelHead, 'unsureBelow'>;

/** For sets so small that nothing can be held out. */
const UNFITTED: Fitted = { temperature: 0.3, lexiconWeight: 0.1, unsureBelow: 0.6 };
const HELD_OUT = 0.15;
/** About the length of a Chinese post of six characters or an English one of two words. */
const SHORTEST = 24;
const PASSES = 40;
const MOST_WEIGHTS = 12_000_000;

/**
 * Trains a model: one linear separator per label over hashed word and character pieces, with a temperature fitted on
 * texts held out for it. Deterministic: the same examples in the same order give the same bytes.
 * @throws Error when there are fewer than two labels or a label has fewer than two texts.
 */
export function train(examples: readonly Example[], options: TrainOptions = {}): TrainedModel {
  const labels = checkedLabels(examples);
  const { kept, heldOut } = split(examples, HELD_OUT);
  const progress = options.onProgress ?? (() => {});
  const calibration =
    new Set(kept.map(({ label }) => label)).size === labels.length
      ? fitCalibration(kept, heldOut, labels, options, progress)
      : undefined;
  return fitModel(examples, labels, options, calibration ?? UNFITTED, (done) => progress(0.5 + done / 2));
}

function checkedLabels(examples: readonly Example[]): string[] {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2) throw new Error(`A model needs examples of at least two labels; these have ${counts.size}.`);
  const thin = [...counts].filter(([, count]) => count < 2).map(([label]) => label);
  if (thin.length > 0)
    throw new Error(`These labels have a single example each, which is too few to learn from: ${thin.join(', ')}.`);
  return [...counts.keys()].sort();
}

/** With so many posts written as people post, confidence is fitted on them alone: tidy questions are too easy. */
const ENOUGH_LIFELIKE = 150;

function mostLifelike(heldOut: readonly Example[]): readonly Example[] {
  const lifelike = heldOut.filter(({ register }) => register !== undefined);
  return lifelike.length >= ENOUGH_LIFELIKE ? lifelike : heldOut;
}

/** A model of the kept texts judges the held-out ones, and temperature and lexicon weight follow from how well. */
function fitCalibration(
  kept: readonly Example[],
  heldOut: readonly Example[],
  labels: string[],
  options: TrainOptions,
  progress: (done: number) => void,
): Fitted {
  const model = fitModel(kept, labels, options, { ...UNFITTED, temperature: 1 }, (done) => progress(done / 2));
  const scorer = new Scorer(model);
  const view = viewOf(options);
  const judged = heldOut.map(
    ({ text, label }): HeldOut => ({
      margins: scorer.margins(view(text)),
      points: options.lexiconPoints?.(text, labels),
      right: labels.indexOf(label),
    }),
  );
  const found = calibrate(judged);
  return { ...found, unsureBelow: unsureThreshold(judged.map((text) => judge(text, found))) };
}

function judge({ margins, points, right }: HeldOut, { temperature, lexiconWeight }: Calibration): Judged {
  const scores = points ? margins.map((margin, i) => margin + lexiconWeight * (points[i] as number)) : margins;
  const odds = softmax(scores, temperature);
  const confidence = Math.max(...odds);
  return { confidence, right: odds[right] === confidence };
}

/** Texts as the model reads them, in use as in training. */
function viewOf({ hide, regional }: TrainOptions): (text: string) => Folded {
  const view = makeView({ names: hide, regional: foldedPairs(regional ?? {}) });
  return (text) => view.hide(view.common(fold(text)));
}

function fitModel(
  examples: readonly Example[],
  labels: string[],
  options: TrainOptions,
  calibration: Fitted,
  progress: (done: number) => void,
): TrainedModel {
  const features = { ...DEFAULT_FEATURES, ...options.features };
  const view = viewOf(options);
  const texts = [...examples, ...(options.hints ?? []).filter(({ label }) => labels.includes(label))];
  const views = texts.map(({ text }) => view(text));
  const minTexts = options.minTexts ?? (examples.length < 1500 ? 1 : 2);
  const vocabulary = buildVocabulary(views, features, minTexts, Math.floor(MOST_WEIGHTS / labels.length));
  const matrix = buildMatrix(views, features, vocabulary, SHORTEST);
  const separators = labels.map((label, number) => {
    const mine = Uint8Array.from(texts, (example) => (example.label === label ? 1 : 0));
    const share = mine.reduce((sum, is) => sum + is, 0) / mine.length;
    // Rare labels count somewhat more, or the frequent ones would take their texts.
    const ownCost = Math.min(4, Math.max(1, (1 / (labels.length * share)) ** 0.5));
    progress((number + 1) / labels.length);
    return separate(matrix, mine, { cost: options.cost ?? 1, ownCost, passes: PASSES, seed: 11 + number });
  });
  const rows = vocabulary.hashes.length;
  const parts = { ...vocabulary, ...quantise(separators, rows) };
  const head: Omit<ModelHead, 'version'> = {
    format: 1,
    labels,
    rows,
    features,
    shortest: SHORTEST,
    ...calibration,
    hidden: [...(options.hide ?? [])],
    regional: { ...options.regional },
    examples: examples.length,
  };
  const hash = createHash('sha256').update(JSON.stringify(head)).update(parts.weights).update(parts.biases);
  return { head: { ...head, version: hash.digest('hex').slice(0, 8) }, ...parts };
}
