import { Scorer, softmax } from '../model.ts';
import { type Calibration, calibrate, type HeldOut, logLoss } from './calibrate.ts';
import type { Example } from './examples.ts';
import { fitModel, type TrainOptions, type Tuned, viewOf } from './fit.ts';
import { type Judged, unsureThresholds } from './threshold.ts';

/** Costs of an error that are tried. */
const COSTS = [0.25, 0.5, 1, 2];

/** For sets so small that nothing can be held out. */
export const untuned = (labels: number): Tuned => ({
  cost: 1,
  temperature: 0.4,
  lexiconWeight: 0.1,
  unsureBelow: Array(labels).fill(0.6),
});

/** With so many posts written as people post, these alone choose the cost and what is unsure: tidy questions are too easy. */
const ENOUGH_LIFELIKE = 150;

interface Verdicts {
  all: HeldOut[];
  /** Those of them that were written as people post, where there are enough. */
  lifelike: HeldOut[];
}

/**
 * Models of the kept texts judge the held-out ones. The cost is the one under which posts as people write them are most
 * likely; confidence is fitted on all, the thresholds for unsure on posts as people write them.
 */
export function tune(
  kept: readonly Example[],
  heldOut: readonly Example[],
  labels: string[],
  options: TrainOptions,
  progress: (done: number) => void,
): Tuned {
  const judge = judgeOf(kept, heldOut, labels, options);
  const costs = options.cost === undefined ? COSTS : [options.cost];
  let cost = costs[0] as number;
  let least = Number.POSITIVE_INFINITY;
  // For the separators alone, which takes a fraction of the time; all else with the nets beside them.
  for (const [number, tried] of costs.entries()) {
    if (costs.length === 1) break;
    const { lifelike } = judge(tried, [0, 0], (done) => progress((CHOOSING * (number + done)) / costs.length));
    const loss = logLoss(lifelike, calibrate(lifelike));
    if (loss >= least) continue;
    least = loss;
    cost = tried;
  }
  const { all, lifelike } = judge(cost, options.nets, (done) => progress(CHOOSING + (1 - CHOOSING) * done));
  const calibration = calibrate(all);
  const verdicts = lifelike.map((text) => verdictOf(text, calibration));
  return {
    cost,
    ...calibration,
    unsureBelow: unsureThresholds(verdicts, labels.length),
  };
}

/** What choosing the cost takes of the time, about. */
const CHOOSING = 0.4;

type Judge = (cost: number, nets: TrainOptions['nets'], told: (done: number) => void) => Verdicts;

/** Trains a model of the kept texts, and tells what it says of the held-out ones. */
function judgeOf(
  kept: readonly Example[],
  heldOut: readonly Example[],
  labels: string[],
  options: TrainOptions,
): Judge {
  const view = viewOf(options);
  const points = heldOut.map(({ text }) => options.lexiconPoints?.(text, labels));
  const enough = heldOut.filter(({ register }) => register !== undefined).length >= ENOUGH_LIFELIKE;
  return (cost, nets, told) => {
    const asked = { ...options, ...(nets && { nets }), urgency: false };
    const scorer = new Scorer(fitModel(kept, labels, asked, { ...untuned(labels.length), cost }, told));
    const verdicts: Verdicts = { all: [], lifelike: [] };
    for (const [i, example] of heldOut.entries()) {
      const margins = scorer.margins(view(example.text), options.signs?.(example.text));
      const text = { margins, points: points[i], right: labels.indexOf(example.label) };
      verdicts.all.push(text);
      if (!enough || example.register !== undefined) verdicts.lifelike.push(text);
    }
    return verdicts;
  };
}

function verdictOf({ margins, points, right }: HeldOut, { temperature, lexiconWeight }: Calibration): Judged {
  const scores = points ? margins.map((margin, i) => margin + lexiconWeight * (points[i] as number)) : margins;
  const odds = softmax(scores, temperature);
  const confidence = Math.max(...odds);
  const label = odds.indexOf(confidence);
  return { label, confidence, right: label === right };
}
