import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readExamples } from '../../../src/parts/read-examples.ts';
import {
  createClassifier,
  type Example,
  evaluate,
  loadLexicon,
  loadProblemTypes,
  modelJudge,
  split,
  train,
  trainingFor,
} from '../../../src/stages/classify/index.ts';
import { installRivals } from './install.ts';
import { type Rival, rivals } from './rivals.ts';

const DATA = resolve(import.meta.dirname, '../../../data');
const HELD_OUT = 0.2;

/** One classifier, trained and measured. */
export interface Standing {
  name: string;
  macroF1: number;
  english: number;
  chinese: number;
  accuracy: number;
  trainSeconds: number;
  textsPerSecond: number;
}

/** Ours: the whole classifier, and its trained model alone, which sees what the others see. */
async function ours(examples: readonly Example[], alone: boolean) {
  const [lexicon, problemTypes, options] = await Promise.all([
    loadLexicon(DATA),
    loadProblemTypes(DATA),
    trainingFor(DATA, examples),
  ]);
  if (alone) {
    const ask = modelJudge(train(examples, { hide: options.hide ?? [], regional: options.regional ?? {} }));
    return (text: string) => ask(text).label;
  }
  const model = train(examples, options);
  const whole = createClassifier({ model, lexicon, problemTypes, brand: { names: [], officialHandles: [] } });
  return (text: string) => whole.classify({ text }, 0).problemType;
}

/**
 * Quality and speed beside other packages, all trained on the same posts in the same run and measured on the same posts of
 * other authors. Takes minutes: only when it is asked for.
 */
export async function benchClassifiers(say: (standing: Standing) => void): Promise<void> {
  const dir = join(DATA, 'examples');
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  const { kept, heldOut } = split(readExamples(files.map((name) => join(dir, name))), HELD_OUT, 'voices');
  const contenders: Rival[] = [
    { name: 'Earshot', learn: (examples) => ours(examples, false) },
    { name: 'Earshot, model alone', learn: (examples) => ours(examples, true) },
    ...rivals(installRivals()),
  ];
  for (const contender of contenders) say(await standing(contender, kept, heldOut));
}

async function standing(
  { name, learn }: Rival,
  kept: readonly Example[],
  heldOut: readonly Example[],
): Promise<Standing> {
  const begun = performance.now();
  const ask = await learn(kept);
  const trainSeconds = (performance.now() - begun) / 1000;
  for (const { text } of heldOut.slice(0, 50)) await ask(text);
  const started = performance.now();
  const said = new Map<string, string>();
  for (const { text } of heldOut) said.set(text, await ask(text));
  const textsPerSecond = heldOut.length / ((performance.now() - started) / 1000);
  const judge = (text: string) => ({ label: said.get(text) ?? '', confidence: 1 });
  const of = (wanted: (lang: string) => boolean) =>
    evaluate(
      heldOut.filter(({ lang }) => wanted(lang ?? 'en')),
      judge,
    );
  const all = of(() => true);
  return {
    name,
    macroF1: all.macroF1,
    english: of((lang) => lang === 'en').macroF1,
    chinese: of((lang) => lang.startsWith('zh')).macroF1,
    accuracy: all.accuracy,
    trainSeconds,
    textsPerSecond,
  };
}
