/** A held-out verdict: how sure, and whether it was right. */
export interface Judged {
  confidence: number;
  right: boolean;
}

const WANTED = 0.95;
const LOWEST = 0.35;
const HIGHEST = 0.9;

/**
 * The confidence under which a verdict is called unsure: the lowest at which those above are right 95 times of 100 on
 * held-out texts, kept within sensible bounds.
 */
export function unsureThreshold(judged: readonly Judged[]): number {
  const sorted = [...judged].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let threshold = HIGHEST;
  for (const [i, { confidence, right: isRight }] of sorted.entries()) {
    if (isRight) right++;
    if (right / (i + 1) >= WANTED) threshold = confidence;
  }
  return Math.round(Math.min(HIGHEST, Math.max(LOWEST, threshold)) * 1000) / 1000;
}
