import { join } from 'node:path';
import type { Classifier } from '../../core/ports.ts';
import { createClassifier } from './classifier.ts';
import type { Brand } from './handles.ts';
import { restrictTo } from './learn/restrict.ts';
import type { Lexicon } from './lexicon.ts';
import { readLexicon } from './lexicon-file.ts';
import { loadModel } from './model-file.ts';
import { lexiconWith, type OwnPhrase } from './own-phrases.ts';
import { loadProblemTypes, type ProblemType } from './problem-types.ts';
import { readSenses } from './senses-file.ts';
import type { Example } from './train/examples.ts';
import type { TrainOptions } from './train/fit.ts';
import { optionsFor } from './train/ours.ts';
import { readWords } from './words-file.ts';

/** Reads `lexicon/` of a data folder. @param own what a team says about its phrases */
export async function loadLexicon(dataDir: string, own: readonly OwnPhrase[] = []): Promise<Lexicon> {
  return lexiconWith(await readLexicon(join(dataDir, 'lexicon')), own);
}

/**
 * Puts a classifier together from a data folder (`problem-types.yml`, `lexicon/`, `model/`).
 * @param brand the names to hide from the model and the handles that are really ours
 * @param options.modelDir another model than the shipped one
 * @param options.problemTypes others than the shipped ones; the model answers with nothing else
 * @param options.lexicon another lexicon than the shipped one
 * @throws Error when a file is missing or not as it should be, in words that name it.
 */
export async function loadClassifier(
  dataDir: string,
  brand: Brand,
  options: { modelDir?: string; problemTypes?: readonly ProblemType[]; lexicon?: Lexicon } = {},
): Promise<Classifier> {
  const [problemTypes, lexicon, model] = await Promise.all([
    options.problemTypes ?? loadProblemTypes(dataDir),
    options.lexicon ?? loadLexicon(dataDir),
    loadModel(options.modelDir ?? join(dataDir, 'model')),
  ]);
  const types = new Set(problemTypes.map(({ id }) => id));
  return createClassifier({ model: restrictTo(model, types), lexicon, problemTypes, brand });
}

/**
 * How to train on these examples: with the lexicon's help where it knows most of their labels, else from the texts alone.
 * Pass the result to `train`.
 * @param own what a team says about the lexicon's phrases: the model must meet them in use as it met them in training
 */
export async function trainingFor(
  dataDir: string,
  examples: readonly Example[],
  brandNames: readonly string[] = [],
  own: readonly OwnPhrase[] = [],
): Promise<TrainOptions> {
  const [lexicon, senses, words] = await Promise.all([
    loadLexicon(dataDir, own),
    readSenses(join(dataDir, 'senses.yml')),
    readWords(join(dataDir, 'words')),
  ]);
  const labels = [...new Set(examples.map(({ label }) => label))];
  const known = labels.filter((label) => lexicon.types.includes(label));
  if (known.length > labels.length / 2) return optionsFor(lexicon, senses, words, brandNames);
  // Read as in use: there, brand names are hidden and regional words replaced whatever the labels.
  return { hide: brandNames, regional: { ...lexicon.regional }, senses, ...words };
}
