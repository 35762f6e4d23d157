import { Scorer, softmax } from '../model.ts';
import { type Calibration, calibrate, type HeldOut, logLoss } from './calibrate.ts';
import type { Example } from './examples.ts';
import { fitModel, type TrainOptions, type Tuned, viewOf } from './fit.ts';
import { type Judged, unsureThreshold } from './threshold.ts';
import { ENOUGH_URGENT, isUrgent, saysUrgency, urgentThreshold } from './urgency.ts';

/** Costs of an error that are tried. */
const COSTS = [0.25, 0.5, 1, 2];

/** For sets so small that nothing can be held out. */
export const UNTUNED: Tuned = { cost: 1, temperature: 0.3, lexiconWeight: 0.1, unsureBelow: 0.6 };

/** With so many posts written as people post, all is fitted on them alone: tidy questions are too easy. */
const ENOUGH_LIFELIKE = 150;

function mostLifelike(heldOut: readonly Example[]): readonly Example[] {
  const lifelike = heldOut.filter(({ register }) => register !== undefined);
  return lifelike.length >= ENOUGH_LIFELIKE ? lifelike : heldOut;
}

/**
 * Models of the kept texts judge the held-out ones: the cost under which those are most likely is taken, with its
 * temperature, lexicon weight and the threshold for unsure.
 */
export function tune(
  kept: readonly Example[],
  heldOut: readonly Example[],
  labels: string[],
  options: TrainOptions,
  progress: (done: number) => void,
): Tuned {
  const texts = mostLifelike(heldOut);
  const view = viewOf(options);
  const points = texts.map(({ text }) => options.lexiconPoints?.(text, labels));
  const costs = options.cost === undefined ? COSTS : [options.cost];
  const urgency = kept.filter(isUrgent).length >= ENOUGH_URGENT ? { urgentFrom: 0 } : {};
  let best: { tuned: Tuned; loss: number } | undefined;
  for (const [number, cost] of costs.entries()) {
    const told = (done: number) => progress((number + done) / costs.length);
    const scorer = new Scorer(fitModel(kept, labels, options, { ...UNTUNED, cost, ...urgency }, told));
    const urgent: { margin: number; urgent: boolean }[] = [];
    const judged = texts.map((example, i): HeldOut => {
      const margins = scorer.margins(view(example.text), options.signs?.(example.text));
      if (scorer.urgency !== undefined && saysUrgency(example))
        urgent.push({ margin: scorer.urgency, urgent: isUrgent(example) });
      return { margins, points: points[i], right: labels.indexOf(example.label) };
    });
    const found = calibrate(judged);
    const loss = logLoss(judged, found);
    if (best && loss >= best.loss) continue;
    const unsureBelow = unsureThreshold(judged.map((text) => judge(text, found)));
    const urgentFrom = urgency.urgentFrom === undefined ? {} : { urgentFrom: urgentThreshold(urgent) };
    best = { tuned: { cost, ...found, unsureBelow, ...urgentFrom }, loss };
  }
  return best?.tuned ?? UNTUNED;
}

function judge({ margins, points, right }: HeldOut, { temperature, lexiconWeight }: Calibration): Judged {
  const scores = points ? margins.map((margin, i) => margin + lexiconWeight * (points[i] as number)) : margins;
  const odds = softmax(scores, temperature);
  const confidence = Math.max(...odds);
  return { confidence, right: odds[right] === confidence };
}
