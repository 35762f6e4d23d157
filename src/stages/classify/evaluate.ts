import type { Classifier } from '../../core/ports.ts';
import { fold } from './fold.ts';
import { Scorer, softmax, type TrainedModel } from './model.ts';
import type { Example } from './train/examples.ts';
import { foldedPairs, makeView } from './view.ts';

export interface LabelScores {
  precision: number;
  recall: number;
  f1: number;
  /** How many texts truly have the label. */
  support: number;
  /** Of the texts that are called this: which part is not unsure, and how many of those are right. */
  sure?: Sureness;
}

export interface Sureness {
  coverage: number;
  accuracy: number;
}

export interface Evaluation {
  accuracy: number;
  /** Mean F1 over the labels that occur among the right answers. */
  macroF1: number;
  labels: Record<string, LabelScores>;
  n: number;
  /** How far confidence and accuracy lie apart, over ten bins. */
  calibrationError: number;
  /** Share of texts that are not unsure, and how many of those are right. Only where the judge says unsure. */
  sure?: Sureness;
}

/** What a judge says of a text. */
export interface Judgement {
  label: string;
  confidence: number;
  unsure?: boolean;
}

/** The model alone: for label sets that no lexicon knows. */
export function modelJudge(model: TrainedModel, names: readonly string[] = []): (text: string) => Judgement {
  const scorer = new Scorer(model);
  const view = makeView({ names: [...names, ...model.head.hidden], regional: foldedPairs(model.head.regional) });
  return (text) => {
    const odds = softmax(scorer.margins(view.hide(view.common(fold(text)))), model.head.temperature);
    const confidence = Math.max(...odds);
    const number = odds.indexOf(confidence);
    const { labels, unsureBelow } = model.head;
    return { label: labels[number] as string, confidence, unsure: confidence < (unsureBelow[number] as number) };
  };
}

/** A whole classifier, all voices together. */
export function classifierJudge(classifier: Classifier): (text: string) => Judgement {
  return (text) => {
    const { problemType, confidence, unsure } = classifier.classify({ text }, 0);
    return { label: problemType, confidence, unsure };
  };
}

/** Compares what a model or a classifier says with what is right. */
export function evaluate(
  examples: readonly Example[],
  judge: Classifier | TrainedModel | ((text: string) => Judgement),
): Evaluation {
  const ask = typeof judge === 'function' ? judge : 'classify' in judge ? classifierJudge(judge) : modelJudge(judge);
  const verdicts = examples.map(({ text, label }) => ({ right: label, ...ask(text) }));
  const names = [...new Set(verdicts.flatMap(({ right, label }) => [right, label]))].sort();
  const labels = Object.fromEntries(names.map((name) => [name, scoresOf(name, verdicts)]));
  const counted = Object.values(labels).filter(({ support }) => support > 0);
  const correct = verdicts.filter(({ right, label }) => right === label).length;
  return {
    accuracy: share(correct, verdicts.length),
    macroF1: share(
      counted.reduce((sum, { f1 }) => sum + f1, 0),
      counted.length,
    ),
    labels,
    n: verdicts.length,
    calibrationError: calibrationError(verdicts),
    ...sureness(verdicts),
  };
}

/** How much is sure, where the judge says unsure. */
function sureness(verdicts: readonly Verdict[]): { sure?: Sureness } {
  if (!verdicts.some(({ unsure }) => unsure !== undefined)) return {};
  const sure = verdicts.filter(({ unsure }) => unsure === false);
  const right = sure.filter((verdict) => verdict.right === verdict.label).length;
  return { sure: { coverage: share(sure.length, verdicts.length), accuracy: share(right, sure.length) } };
}

type Verdict = Judgement & { right: string };

function scoresOf(name: string, verdicts: readonly Verdict[]): LabelScores {
  const support = verdicts.filter(({ right }) => right === name).length;
  const said = verdicts.filter(({ label }) => label === name).length;
  const hit = verdicts.filter(({ right, label }) => right === name && label === name).length;
  const precision = share(hit, said);
  const recall = share(hit, support);
  const f1 = share(2 * precision * recall, precision + recall);
  return { precision, recall, f1, support, ...sureness(verdicts.filter(({ label }) => label === name)) };
}

/** Expected calibration error over ten equal bins. */
function calibrationError(verdicts: readonly Verdict[]): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, confidence: 0, right: 0 }));
  for (const { confidence, right, label } of verdicts) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    if (!bin) continue;
    bin.n++;
    bin.confidence += confidence;
    if (right === label) bin.right++;
  }
  return share(
    bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0),
    verdicts.length,
  );
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
