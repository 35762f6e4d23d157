import { Refused } from '../core/failures.ts';
import type { Classifier } from '../core/ports.ts';
import { type Comparison, compare, holdOut, imprintOf, type Judge, loadModel } from '../stages/classify/index.ts';
import { lessons, ownExamples, shippedExamples } from './learning-examples.ts';
import { classifierWith } from './model-in-use.ts';
import type { Parts } from './parts.ts';

export type LearningParts = Pick<Parts, 'store' | 'settings' | 'workspace' | 'taxonomy' | 'models' | 'clock'>;

/** The challenger beside the model in use. */
export interface Measured {
  comparison: Comparison;
  /** The model in use knows none of the problem types, so that there is nothing to compare with but itself. */
  first: boolean;
  champion: string;
  challenger: string;
  /** Of the texts that were measured on: how many people taught. */
  lessons: number;
}

const SHIPPED_NAME = 'shipped';

/**
 * Compares the challenger with the model in use, whole classifiers both, on texts that neither has learned: lessons and
 * examples that training held out; or those of `files`.
 * @throws Refused `no-challenger`.
 */
export async function compareWithInUse(parts: LearningParts, files?: readonly string[]): Promise<Measured> {
  const { models } = parts;
  const { dir, promotion } = await models.inUse();
  const made = await models.trainingOf(models.challengerDir);
  if (!made) throw new Refused('no-challenger', 'There is no challenger. Make one: earshot train --from-corrections.');
  const load = (from: string) => classifierWith(from, parts.workspace.current(), parts.taxonomy);
  const challenger = await load(models.challengerDir);
  const { version } = (await loadModel(models.challengerDir)).head;
  const champion = await load(dir).catch(() => undefined);
  const names = { champion: promotion?.model ?? SHIPPED_NAME, challenger: version };

  const byHeart = new Set(
    promotion ? (await models.trainingOf(dir))?.seen : (await shippedExamples()).map(({ text }) => imprintOf(text)),
  );
  const learned = new Set(made.seen);
  const isNew = (imprint: string) => !learned.has(imprint) && !byHeart.has(imprint);
  const texts = (await heldOutTexts(parts, files)).filter(({ text }) => isNew(imprintOf(text)));
  const judgeChallenger = judgeOf(challenger);
  const judgeChampion = champion ? judgeOf(champion) : judgeChallenger;
  return {
    comparison: compare(texts, judgeChampion, judgeChallenger),
    first: !champion,
    ...names,
    lessons: texts.filter(({ author }) => author?.startsWith('mention:')).length,
  };
}

async function heldOutTexts(parts: LearningParts, files: readonly string[] | undefined) {
  if (files) return ownExamples(parts, files);
  return [...holdOut([], await lessons(parts)).lessons, ...(await parts.models.heldOut())];
}

const judgeOf =
  (classifier: Classifier): Judge =>
  (text) => ({ label: classifier.classify({ text }, 0).problemType });
