import { softmax } from '../model.ts';

/** A held-out text: what the model and the lexicon said of each label, and which label is right. */
export interface HeldOut {
  margins: Float64Array;
  /** Points of the lexicon per label; none where no lexicon takes part. */
  points?: Float64Array | undefined;
  right: number;
}

export interface Calibration {
  temperature: number;
  lexiconWeight: number;
}

/** Mean negative log-likelihood of the right labels. */
export function logLoss(texts: readonly HeldOut[], { temperature, lexiconWeight }: Calibration): number {
  let sum = 0;
  for (const { margins, points, right } of texts) {
    const scores = points ? margins.map((margin, i) => margin + lexiconWeight * (points[i] as number)) : margins;
    sum -= Math.log(Math.max(1e-9, softmax(scores, temperature)[right] as number));
  }
  return sum / Math.max(1, texts.length);
}

/** The temperature and the lexicon's weight under which held-out texts are most likely. Found on a grid, then refined. */
export function calibrate(texts: readonly HeldOut[]): Calibration {
  const withLexicon = texts.some(({ points }) => points?.some((point) => point > 0));
  let best: Calibration = { temperature: 0.3, lexiconWeight: 0 };
  if (texts.length === 0) return best;
  let least = logLoss(texts, best);
  for (let step = 2; step > 1.01; step = Math.sqrt(step)) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const candidate of neighbours(best, step, withLexicon)) {
        const loss = logLoss(texts, candidate);
        if (loss < least - 1e-9) {
          least = loss;
          best = candidate;
          moved = true;
        }
      }
    }
  }
  return best;
}

function neighbours({ temperature, lexiconWeight }: Calibration, step: number, withLexicon: boolean): Calibration[] {
  const around = [
    { temperature: Math.min(5, temperature * step), lexiconWeight },
    { temperature: Math.max(0.02, temperature / step), lexiconWeight },
  ];
  if (!withLexicon) return around;
  const weight = Math.max(0.01, lexiconWeight);
  return [
    ...around,
    { temperature, lexiconWeight: Math.min(1, weight * step) },
    { temperature, lexiconWeight: weight / step },
  ];
}
