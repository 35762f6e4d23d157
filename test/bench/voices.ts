import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Priority } from '../../src/core/nouns.ts';
import type { Classifier } from '../../src/core/ports.ts';
import { fold } from '../../src/stages/classify/fold.ts';
import type { Parts } from '../../src/stages/classify/index.ts';
import {
  createClassifier,
  type Example,
  evaluate,
  type Judgement,
  loadLexicon,
  loadProblemTypes,
  modelJudge,
  split,
  train,
  trainingFor,
} from '../../src/stages/classify/index.ts';
import { pointsOf } from '../../src/stages/classify/points.ts';

/** What each voice brings, as a table: `node test/bench/voices.ts`. Trained on four of five authors, measured on the rest. */
const DATA = resolve(import.meta.dirname, '../../data');
const URGENT = resolve(import.meta.dirname, '../classify/fixtures/urgent.jsonl');

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const all = readdirSync(join(DATA, 'examples'))
  .filter((name) => name.endsWith('.jsonl'))
  .sort()
  .flatMap((name) => lines<Example>(join(DATA, 'examples', name)));
const { kept, heldOut } = split(all, 0.2, 'voices');
const urgentPosts = lines<{ text: string; urgent: boolean }>(URGENT);

const [lexicon, problemTypes, options] = await Promise.all([
  loadLexicon(DATA),
  loadProblemTypes(DATA),
  trainingFor(DATA, kept),
]);
const model = train(kept, options);
const brand = { names: ['OKPay'], officialHandles: [] };
const whole: Parts = { model, lexicon, problemTypes, brand };
/** A grammar that sees nothing turned: a phrase near "not" then counts as said. */
const noGrammar: Parts = { ...whole, grammar: { turns: () => new Set() } };
const { urgentFrom: _, ...head } = model.head;
const calm = { ...model, head, scales: model.scales.subarray(0, head.labels.length) };

function lexiconJudge(text: string): Judgement {
  const points = pointsOf(lexicon.find(fold(text).text), 0, head.labels);
  const most = Math.max(...points);
  return { label: most > 0 ? (head.labels[points.indexOf(most)] as string) : 'other', confidence: 1 };
}

function urgentF1(priorityOf: (text: string) => Priority): number {
  const said = urgentPosts.map(({ text }) => priorityOf(text) === 'urgent');
  const hit = urgentPosts.filter(({ urgent }, i) => urgent && said[i]).length;
  return (2 * hit) / (urgentPosts.filter(({ urgent }) => urgent).length + said.filter(Boolean).length);
}

function row(voices: string, judge: Parameters<typeof evaluate>[1], classifier?: Classifier) {
  const of = (lang: string) =>
    evaluate(
      heldOut.filter((example) => example.lang?.startsWith(lang)),
      judge,
    ).macroF1.toFixed(3);
  const started = performance.now();
  const urgent = classifier && urgentF1((text) => classifier.classify({ text }, 0).priority).toFixed(3);
  const each = ((performance.now() - started) / urgentPosts.length).toFixed(2);
  console.log(`| ${voices} | ${of('en')} | ${of('zh')} | ${urgent ?? ''} | ${urgent ? each : ''} |`);
}

console.log(`${heldOut.length} posts of held-out authors, ${urgentPosts.length} posts for urgency\n`);
console.log('| voices | F1 en | F1 zh | F1 urgent | ms a post there |\n| --- | --- | --- | --- | --- |');
row('lexicon alone', lexiconJudge);
row('model alone', modelJudge(model));
const without = createClassifier(noGrammar);
row('model and lexicon', without, without);
const full = createClassifier(whole);
row('all three', full, full);
const named = createClassifier({ ...whole, model: withoutUrgency() });
row('all three, urgency by phrases only', named, named);

/** The same model without its last column, which tells urgent posts. */
function withoutUrgency() {
  const width = model.scales.length;
  const labels = head.labels.length;
  const rows = model.weights.length / width;
  const weights = new Int8Array(rows * labels);
  for (let i = 0; i < rows; i++) weights.set(model.weights.subarray(i * width, i * width + labels), i * labels);
  return { ...calm, weights, biases: model.biases.subarray(0, labels) };
}
