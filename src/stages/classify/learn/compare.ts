import type { Judgement } from '../evaluate.ts';
import type { Example } from '../train/examples.ts';
import { seeded } from '../train/random.ts';

/** One measure of two models on the same texts. */
export interface Contrast {
  champion: number;
  challenger: number;
  /** Challenger less champion. */
  difference: number;
  /** In 95 of 100 samples like this one the difference lies between these. */
  low: number;
  high: number;
}

/** F1 of one label, with how many of the texts have it. */
export interface LabelContrast extends Contrast {
  label: string;
  n: number;
}

export interface Comparison {
  n: number;
  labels: LabelContrast[];
  macroF1: Contrast;
  accuracy: Contrast;
}

export type Judge = (text: string) => Pick<Judgement, 'label'>;

const RESAMPLES = 1000;
const SEED = 17;

interface Answers {
  names: string[];
  right: Int32Array;
  champion: Int32Array;
  challenger: Int32Array;
}

/**
 * Two judges on texts that neither has learned. The intervals come from resampling the texts (paired bootstrap), with the
 * same numbers on every machine.
 */
export function compare(texts: readonly Example[], champion: Judge, challenger: Judge): Comparison {
  const answers = ask(texts, champion, challenger);
  const all = Int32Array.from(texts.keys());
  const scores = scoresOf(answers, all);
  const random = seeded(SEED);
  const drawn = new Int32Array(texts.length);
  const samples = Array.from({ length: texts.length === 0 ? 0 : RESAMPLES }, () => {
    for (let i = 0; i < drawn.length; i++) drawn[i] = Math.floor(random() * drawn.length);
    return scoresOf(answers, drawn);
  });
  const contrast = (read: (scores: Scores) => readonly [number, number]): Contrast => {
    const [old, young] = read(scores);
    const differences = samples.map((sample) => read(sample)[1] - read(sample)[0]).sort((a, b) => a - b);
    const at = (share: number) => differences[Math.floor(share * (differences.length - 1))] ?? 0;
    return { champion: old, challenger: young, difference: young - old, low: at(0.025), high: at(0.975) };
  };
  const support = Array.from(answers.names, (_, name) => answers.right.filter((right) => right === name).length);
  return {
    n: texts.length,
    labels: answers.names
      .map((label, i) => ({
        label,
        n: support[i] as number,
        ...contrast(({ f1 }) => [f1[0][i] as number, f1[1][i] as number]),
      }))
      .filter(({ n }) => n > 0),
    macroF1: contrast(({ macroF1 }) => macroF1),
    accuracy: contrast(({ accuracy }) => accuracy),
  };
}

function ask(texts: readonly Example[], champion: Judge, challenger: Judge): Answers {
  const said = texts.map(({ text, label }) => [label, champion(text).label, challenger(text).label] as const);
  const names = [...new Set(said.flat())].sort();
  const number = new Map(names.map((name, i) => [name, i]));
  const column = (which: 0 | 1 | 2) => Int32Array.from(said, (answer) => number.get(answer[which]) as number);
  return { names, right: column(0), champion: column(1), challenger: column(2) };
}

/** Champion first, challenger second. */
interface Scores {
  f1: [Float64Array, Float64Array];
  macroF1: [number, number];
  accuracy: [number, number];
}

function scoresOf({ names, right, champion, challenger }: Answers, drawn: Int32Array): Scores {
  const one = tally(names.length, right, champion, drawn);
  const other = tally(names.length, right, challenger, drawn);
  return {
    f1: [one.f1, other.f1],
    macroF1: [one.macroF1, other.macroF1],
    accuracy: [one.accuracy, other.accuracy],
  };
}

function tally(labels: number, right: Int32Array, said: Int32Array, drawn: Int32Array) {
  const hits = new Float64Array(labels);
  const mentioned = new Float64Array(labels);
  const support = new Float64Array(labels);
  let correct = 0;
  for (const text of drawn) {
    const truth = right[text] as number;
    const answer = said[text] as number;
    support[truth] = (support[truth] as number) + 1;
    mentioned[truth] = (mentioned[truth] as number) + 1;
    mentioned[answer] = (mentioned[answer] as number) + 1;
    if (truth !== answer) continue;
    hits[truth] = (hits[truth] as number) + 1;
    correct++;
  }
  const f1 = hits.map((hit, i) => (mentioned[i] === 0 ? 0 : (2 * hit) / (mentioned[i] as number)));
  const occurring = support.filter((count) => count > 0).length;
  const sum = f1.reduce((total, score, i) => total + ((support[i] as number) > 0 ? score : 0), 0);
  return {
    f1,
    macroF1: occurring === 0 ? 0 : sum / occurring,
    accuracy: drawn.length === 0 ? 0 : correct / drawn.length,
  };
}
