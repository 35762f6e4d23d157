import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Example, evaluate, loadModel, modelJudge, saveModel, train } from '../../src/stages/classify/index.ts';
import { seeded } from '../../src/stages/classify/train/random.ts';
import { unsureThreshold, unsureThresholds } from '../../src/stages/classify/train/threshold.ts';

const WORDS: Record<string, string[]> = {
  parcel: ['parcel late', 'package missing', 'courier never came', '快递没到', '包裹丢了'],
  taste: ['too salty', 'soup was cold', 'bland rice', '太咸了', '菜凉了'],
  seat: ['no free seat', 'table by the door', 'chair broken', '没有座位', '椅子坏了'],
};
const FILLER = ['again', 'today', 'as always', 'at noon', '真的', '今天', 'my friends say', 'on monday'];

/** Texts about a restaurant: any label set works. */
function menu(count: number, seed: number): Example[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, () => {
    const label = pick(Object.keys(WORDS));
    return { text: `${pick(FILLER)} ${pick(WORDS[label] as string[])} ${pick(FILLER)} ${pick(FILLER)}`, label };
  });
}

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-model-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('training', () => {
  const examples = menu(300, 1);
  const model = train(examples);

  test('learns labels it has never heard of, from a few examples each', () => {
    const { accuracy, macroF1 } = evaluate(menu(200, 2), model);
    expect(accuracy).toBeGreaterThan(0.97);
    expect(macroF1).toBeGreaterThan(0.97);
  });

  test('gives the same bytes for the same examples', () => {
    const again = train(examples);
    expect(again.head).toEqual(model.head);
    expect(Buffer.from(again.weights.buffer).equals(Buffer.from(model.weights.buffer))).toBe(true);
  });

  test('a saved model judges as the one in memory', async () => {
    await saveModel(model, dir);
    const loaded = await loadModel(dir);
    expect(loaded.head).toEqual(model.head);
    const [here, there] = [modelJudge(model), modelJudge(loaded)];
    for (const { text } of menu(50, 3)) expect(there(text)).toEqual(here(text));
  });

  test('a model of an earlier release, which was not packed, judges as it did', async () => {
    const old = join(dir, 'old');
    await saveModel(model, old);
    const head = JSON.parse(await readFile(join(old, 'model.json'), 'utf8'));
    const { vectors: _, dictionary: __, ...before } = head;
    await writeFile(join(old, 'model.json'), JSON.stringify({ ...before, format: 2 }));
    await writeFile(join(old, 'model.bin'), inflateSync(await readFile(join(old, 'model.bin'))));
    const there = modelJudge(await loadModel(old));
    for (const { text } of menu(50, 3)) expect(there(text)).toEqual(modelJudge(model)(text));
  });

  test('a damaged model is refused in words', async () => {
    const body = await readFile(join(dir, 'model.bin'));
    await writeFile(join(dir, 'model.bin'), body.subarray(0, body.length - 7));
    await expect(loadModel(dir)).rejects.toThrow(/model\.bin has \d+ bytes instead of \d+\. Train/);
    await writeFile(join(dir, 'model.bin'), Buffer.from(body).fill(255, 100, 200));
    await expect(loadModel(dir)).rejects.toThrow(/model\.bin is damaged and cannot be unpacked\. Train/);
    await expect(loadModel(join(dir, 'nowhere'))).rejects.toThrow(/There is no model in .*earshot train/s);
  });

  test('too few labels or texts are refused by name', () => {
    expect(() => train([{ text: 'a', label: 'one' }])).toThrow(/at least two labels/);
    expect(() => train([...menu(20, 4), { text: 'x', label: 'lonely' }])).toThrow(/lonely/);
  });

  test('tells how far it is', () => {
    const told: number[] = [];
    train(menu(60, 5), { onProgress: (done) => told.push(done) });
    expect(told.at(-1)).toBe(1);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });

  test('names it was told to hide teach it nothing', () => {
    const branded = menu(200, 6).map((example) => ({
      ...example,
      text: example.label === 'seat' ? `Nomnom ${example.text}` : example.text,
    }));
    const ask = modelJudge(train(branded, { hide: ['Nomnom'] }));
    expect(ask('Nomnom parcel late').label).toBe('parcel');
    expect(ask('Nomnom').confidence).toBe(ask('').confidence);
  });
});

describe('measuring', () => {
  const examples: Example[] = [
    { text: '1', label: 'a' },
    { text: '2', label: 'a' },
    { text: '3', label: 'b' },
    { text: '4', label: 'c' },
  ];
  const answers: Record<string, string> = { 1: 'a', 2: 'b', 3: 'b', 4: 'd' };
  const result = evaluate(examples, (text) => ({ label: answers[text] as string, confidence: 1 }));

  test('counts as the books do', () => {
    expect(result.accuracy).toBe(0.5);
    expect(result.labels.a).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3, support: 2 });
    expect(result.labels.b).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3, support: 1 });
    expect(result.labels.d).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
    // d is no right answer of any text, so it is not in the mean.
    expect(result.macroF1).toBeCloseTo((2 / 3 + 2 / 3 + 0) / 3);
    expect(result.calibrationError).toBe(0.5);
    expect(result.n).toBe(4);
  });

  test('the threshold for unsure is where verdicts are right 95 times of 100', () => {
    const judged = Array.from({ length: 1000 }, (_, i) => ({
      label: 0,
      confidence: i / 1000,
      right: i >= 500 || i % 2 === 0,
    }));
    const threshold = unsureThreshold(judged);
    const sure = judged.filter(({ confidence }) => confidence >= threshold);
    expect(sure.filter(({ right }) => right).length / sure.length).toBeGreaterThanOrEqual(0.95);
    expect(threshold).toBeLessThan(0.5);
  });

  test('each label has its own threshold, and one with few verdicts stays near what holds for all', () => {
    const judged = Array.from({ length: 3000 }, (_, i) => {
      const confidence = (i % 1000) / 1000;
      const label = Math.floor(i / 1000);
      return { label, confidence, right: label === 0 || confidence > 0.8 };
    });
    const [easy, hard, , rare] = unsureThresholds(judged, 4) as [number, number, number, number];
    expect(easy).toBeLessThan(0.45);
    expect(hard).toBeGreaterThan(0.7);
    expect(rare).toBe(unsureThreshold(judged));
  });
});
