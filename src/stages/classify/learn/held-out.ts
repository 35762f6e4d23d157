import { type Example, split } from '../train/examples.ts';
import { imprintOf } from './imprint.ts';

/** Lessons are few and dear, and so are the examples of a small set; of a large one, less is enough to measure by. */
const SHARE = 0.2;
const SHARE_OF_MANY = 0.1;
const MANY = 2000;
const SALT = 'compare';
/** A label needs two texts to be learned at all. */
const LEAST_TO_LEARN = 2;

/** Examples in two parts: to learn from, and to measure on. No text, and no near-duplicate of one, is in both. */
export interface Parted {
  training: Example[];
  /** Held out of what came along. */
  base: Example[];
  /** Held out of what people taught, mention by mention. */
  lessons: Example[];
}

/**
 * Holds examples out for a comparison: by author, and by mention for lessons. The same text always falls on the same side,
 * so that what one model was measured on was not learned by the one before it.
 *
 * @param whole examples that are learned, all of them: others of their kind are there to measure on
 */
export function holdOut(base: readonly Example[], lessons: readonly Example[], whole: readonly Example[] = []): Parted {
  const ofBase = split(base, base.length > MANY ? SHARE_OF_MANY : SHARE, SALT);
  const ofLessons = split(lessons, SHARE, SALT);
  const training = [...ofBase.kept, ...ofLessons.kept, ...whole];
  const thin = tooThin(training, [...ofBase.heldOut, ...ofLessons.heldOut]);
  const [keptBase, backBase] = apart(ofBase.heldOut, ({ label }) => !thin.has(label));
  const [keptLessons, backLessons] = apart(ofLessons.heldOut, ({ label }) => !thin.has(label));
  training.push(...backBase, ...backLessons);
  const seen = new Set(training.map(({ text }) => imprintOf(text)));
  const unseen = (examples: Example[]) => examples.filter(({ text }) => !seen.has(imprintOf(text)));
  return { training, base: unseen(keptBase), lessons: unseen(keptLessons) };
}

/** Labels that could not be learned without what was held out of them. */
function tooThin(training: readonly Example[], heldOut: readonly Example[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { label } of training) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Set(heldOut.map(({ label }) => label).filter((label) => (counts.get(label) ?? 0) < LEAST_TO_LEARN));
}

function apart<T>(list: readonly T[], first: (item: T) => boolean): [T[], T[]] {
  return [list.filter(first), list.filter((item) => !first(item))];
}
