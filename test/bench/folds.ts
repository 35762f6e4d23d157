import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  createClassifier,
  type Evaluation,
  type Example,
  evaluate,
  type Judgement,
  loadLexicon,
  loadProblemTypes,
  modelJudge,
  train,
  trainingFor,
} from '../../src/stages/classify/index.ts';
import { place } from '../../src/stages/classify/train/examples.ts';

/**
 * How good the whole is on authors it never read: four folds over the own examples, each trained on the other three and
 * on the public texts that a file may hold: `node test/bench/folds.ts [OPEN.jsonl]`.
 */
const DATA = resolve(import.meta.dirname, '../../data');
const FOLDS = 4;

const lines = (file: string): Example[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Example);

const own = readdirSync(join(DATA, 'examples'))
  .filter((name) => name.endsWith('.jsonl'))
  .sort()
  .flatMap((name) => lines(join(DATA, 'examples', name)));
const open = process.argv[2] === undefined ? [] : lines(process.argv[2]);
const [lexicon, problemTypes] = await Promise.all([loadLexicon(DATA), loadProblemTypes(DATA)]);

interface Verdict extends Judgement {
  example: Example;
  alone: string;
  urgent: boolean;
  scam: number;
}

const verdicts: Verdict[] = [];
for (let fold = 0; fold < FOLDS; fold++) {
  const mine = (example: Example) => Math.floor(place(`folds${example.author ?? example.text}`) * FOLDS) === fold;
  const kept = [...own.filter((example) => !mine(example)), ...open];
  const model = train(kept, await trainingFor(DATA, kept));
  const classifier = createClassifier({
    model,
    lexicon,
    problemTypes,
    brand: { names: ['OKPay'], officialHandles: [] },
  });
  const alone = modelJudge(model);
  for (const example of own.filter(mine)) {
    const { problemType, confidence, unsure, priority, scam } = classifier.classify({ text: example.text }, 0);
    verdicts.push({
      example,
      label: problemType,
      confidence,
      unsure,
      alone: alone(example.text).label,
      urgent: priority === 'urgent',
      scam,
    });
  }
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function f1(hit: number, said: number, wanted: number): string {
  return `${((2 * hit) / (said + wanted)).toFixed(2)} (${hit} found, ${wanted - hit} missed, ${said - hit} false)`;
}

/** The largest share of verdicts, surest first, of which 95 of 100 are right. */
function coverage(some: readonly Verdict[]): number {
  const sorted = [...some].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let most = 0;
  for (const [i, { example, label }] of sorted.entries()) {
    if (example.label === label) right++;
    if (right / (i + 1) >= 0.95) most = i + 1;
  }
  return most / sorted.length;
}

function row(name: string, wanted: (lang: string) => boolean) {
  const some = verdicts.filter(({ example }) => wanted(example.lang ?? ''));
  const examples = some.map(({ example }) => example);
  const next = (of: (verdict: Verdict) => Judgement) => {
    let i = 0;
    return (): Judgement => of(some[i++] as Verdict);
  };
  const all: Evaluation = evaluate(
    examples,
    next((verdict) => verdict),
  );
  const alone = evaluate(
    examples,
    next(({ alone: label }) => ({ label, confidence: 1 })),
  );
  const { coverage: sure, accuracy } = all.sure ?? { coverage: 0, accuracy: 0 };
  console.log(
    `| ${name} | ${all.n} | ${all.macroF1.toFixed(3)} | ${alone.macroF1.toFixed(3)} | ${percent(sure)} | ${percent(accuracy)} | ${all.calibrationError.toFixed(3)} | ${percent(coverage(some))} |`,
  );
  return all;
}

console.log('| examples | n | all voices | model alone | sure | of those right | ECE | sure at 95 % |');
const all = row('all', () => true);
row('English', (lang) => lang === 'en');
row('Chinese', (lang) => lang.startsWith('zh'));
row('both in one post', (lang) => lang === 'mixed');
const known = verdicts.filter(({ example }) => example.priority !== undefined);
const urgent = known.filter(({ example }) => example.priority === 'urgent');
console.log(`urgent ${f1(urgent.filter((v) => v.urgent).length, known.filter((v) => v.urgent).length, urgent.length)}`);
const scams = verdicts.filter(({ example }) => example.label === 'scam-spam');
console.log(
  `scam ${f1(scams.filter((v) => v.scam >= 0.5).length, verdicts.filter((v) => v.scam >= 0.5).length, scams.length)}`,
);
console.log('| type | precision | recall | F1 |');
for (const [name, { precision, recall, f1: score }] of Object.entries(all.labels))
  console.log(`| ${name} | ${precision.toFixed(2)} | ${recall.toFixed(2)} | ${score.toFixed(2)} |`);
