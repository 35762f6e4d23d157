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

/** A shift is believed as if this many unsure texts had spoken against it: of a label with few texts it is luck. */
const HELD_BACK = 100;
const ROUNDS = 100;

/**
 * What is added to each label's margins so that held-out texts are most likely: some labels are named more often than they
 * are right, others less. Drawn to zero, the more so the fewer texts a label has.
 */
export function shiftsOf(texts: readonly HeldOut[], labels: number, calibration: Calibration): Float64Array {
  const { temperature } = calibration;
  const shifts = new Float64Array(labels);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = shifts.map((shift) => HELD_BACK * shift);
    const bend = new Float64Array(labels).fill(HELD_BACK);
    for (const text of texts) {
      const odds = softmax(
        scoresOf(text, calibration).map((score, i) => score + (shifts[i] as number)),
        temperature,
      );
      for (const [label, odd] of odds.entries()) {
        slope[label] = (slope[label] as number) + (odd - (label === text.right ? 1 : 0)) / temperature;
        bend[label] = (bend[label] as number) + (odd * (1 - odd)) / temperature ** 2;
      }
    }
    // Half a step of Newton's for each by itself, since the others move too.
    for (const label of shifts.keys())
      shifts[label] = (shifts[label] as number) - (0.5 * (slope[label] as number)) / (bend[label] as number);
  }
  return shifts;
}

/** Margins and what the lexicon says, together. */
export function scoresOf({ margins, points }: HeldOut, { lexiconWeight }: Calibration): Float64Array {
  return points ? margins.map((margin, i) => margin + lexiconWeight * (points[i] as number)) : margins;
}

/** Mean negative log-likelihood of the right labels. */
export function logLoss(texts: readonly HeldOut[], calibration: Calibration): number {
  let sum = 0;
  for (const text of texts) {
    const odds = softmax(scoresOf(text, calibration), calibration.temperature);
    sum -= Math.log(Math.max(1e-9, odds[text.right] as number));
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
