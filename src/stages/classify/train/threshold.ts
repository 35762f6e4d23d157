/** A held-out verdict: of which label, how sure, and whether it was right. */
export interface Judged {
  label: number;
  confidence: number;
  right: boolean;
}

/** Strangers are harder than other authors of the examples: with 95 of 100 of those, 94 of theirs would be right. */
const WANTED = 0.96;
const LOWEST = 0.35;
const HIGHEST = 0.95;
/** A label judged this often is believed half about itself, and half what holds for all. */
const HALF_BELIEVED = 40;

/**
 * The confidence under which a verdict is called unsure: the lowest at which those above are right 96 times of 100 on
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
  return bounded(threshold);
}

/**
 * The same per label: "praise" may be sure earlier than "other". A label with few verdicts stays near what holds for all,
 * since the luck of a handful would decide.
 */
export function unsureThresholds(judged: readonly Judged[], labels: number): number[] {
  const general = unsureThreshold(judged);
  return Array.from({ length: labels }, (_, label) => {
    const own = judged.filter((text) => text.label === label);
    const believed = own.length / (own.length + HALF_BELIEVED);
    return bounded(believed * unsureThreshold(own) + (1 - believed) * general);
  });
}

const bounded = (threshold: number) => Math.round(Math.min(HIGHEST, Math.max(LOWEST, threshold)) * 1000) / 1000;
