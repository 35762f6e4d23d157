/** Sorting: what a mention is about, how soon a person should see it, and why we think so. */
export { createClassifier, type Parts } from './classifier.ts';
export { type Evaluation, evaluate, type Judgement, type LabelScores, modelJudge } from './evaluate.ts';
export { type Brand, HandleGuard } from './handles.ts';
export { detectLanguage } from './language.ts';
export * from './learn/index.ts';
export { Lexicon } from './lexicon.ts';
export { type LexiconFile, readLexicon } from './lexicon-file.ts';
export { loadClassifier, loadLexicon, trainingFor } from './load.ts';
export type { ModelHead, TrainedModel } from './model.ts';
export { loadModel, saveModel } from './model-file.ts';
export {
  lexiconWith,
  type OwnPhrase,
  phraseFinder,
  phraseKey,
  type ShippedPhrase,
  shippedPhrases,
} from './own-phrases.ts';
export { findPersonal, maskPersonal } from './personal.ts';
export { LANES, type Lane, loadProblemTypes, type ProblemType, parseProblemTypes } from './problem-types.ts';
export { type Example, split } from './train/examples.ts';
export type { TrainOptions } from './train/fit.ts';
export { optionsFor } from './train/ours.ts';
export { train } from './train/train.ts';
