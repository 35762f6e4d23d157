import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Assessment, Mention } from '../../src/core/nouns.ts';
import type { Correction, Dismissal } from '../../src/core/ports.ts';
import { followModelInUse } from '../../src/parts/model-in-use.ts';
import {
  compare,
  type Example,
  holdOut,
  imprintOf,
  judgePromotion,
  leastCertain,
  lessonsOf,
  loadModel,
  ModelLibrary,
  modelJudge,
  restrictTo,
  train,
} from '../../src/stages/classify/index.ts';

const TYPES = new Set(['fees', 'other', 'scam-spam']);
const correction = (mentionId: string, to: string, over: Partial<Correction> = {}): Correction => ({
  mentionId,
  text: `text of ${mentionId}`,
  from: 'other',
  to,
  by: 'Mia',
  at: 1,
  ...over,
});
const dismissal = (mentionId: string, reason: string): Dismissal => ({
  mentionId,
  text: `text of ${mentionId}`,
  problemType: 'fees',
  reason,
  by: 'Mia',
  at: 1,
});

describe('what people teach', () => {
  const labels = (corrections: Correction[], dismissals: Dismissal[] = []) =>
    lessonsOf(corrections, dismissals, TYPES).map(({ author, label }) => [author, label]);

  test('is the last correction of each mention', () => {
    expect(labels([correction('a', 'fees'), correction('b', 'fees'), correction('a', 'other')])).toEqual([
      ['mention:a', 'other'],
      ['mention:b', 'fees'],
    ]);
  });

  test('is a dismissal whose reason names a type, unless somebody said otherwise', () => {
    const dismissed = [dismissal('a', 'spam-or-scam'), dismissal('b', 'not-about-us'), dismissal('c', 'duplicate')];
    expect(labels([correction('b', 'fees')], dismissed)).toEqual([
      ['mention:a', 'scam-spam'],
      ['mention:b', 'fees'],
    ]);
  });

  test('is nothing for a type that is gone, or without words', () => {
    expect(labels([correction('a', 'weather'), correction('b', 'fees', { text: ' \n' })])).toEqual([]);
  });

  test('counts more than what came along', () => {
    const even: Example[] = ['yes', 'no'].flatMap((label) =>
      ['one', 'two', 'three', 'four'].map((word) => ({ text: `${word} alpha`, label })),
    );
    const doubted = { text: 'beta gamma', label: 'yes' };
    const taught = { text: 'beta gamma', label: 'no', weight: 4 };
    expect(modelJudge(train([...even, doubted, doubted, taught]))('beta gamma').label).toBe('no');
    expect(modelJudge(train([...even, doubted, doubted, { ...taught, weight: 1 }]))('beta gamma').label).toBe('yes');
  });
});

describe('what is held out', () => {
  const example = fc.record({
    text: fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('My fee!', 'my  FEE 12', 'ｍｙ fee', '手續費', '手续费'),
    ),
    label: fc.constantFrom('a', 'b', 'c'),
    author: fc.constantFrom('x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9'),
  });

  test('shares no text with what is learned, not even one that differs in case, width, script or digits', () => {
    fc.assert(
      fc.property(fc.array(example, { maxLength: 60 }), fc.array(example, { maxLength: 30 }), (base, lessons) => {
        const { training, ...out } = holdOut(base, lessons);
        const learned = new Set(training.map(({ text }) => imprintOf(text)));
        for (const { text } of [...out.base, ...out.lessons]) expect(learned).not.toContain(imprintOf(text));
        const held = new Set([...out.base, ...out.lessons].map(({ label }) => label));
        for (const label of held) expect(training.filter((one) => one.label === label).length).toBeGreaterThan(1);
      }),
    );
  });

  test('is the same every time, and stays held out when more is taught', () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      text: String.fromCharCode(97 + (i % 26)).repeat(1 + Math.floor(i / 26)),
      label: i % 2 ? 'a' : 'b',
      author: `mention:${i}`,
    }));
    const before = holdOut([], many.slice(0, 40)).lessons.map(({ author }) => author);
    const after = holdOut([], many).training.map(({ author }) => author);
    expect(before.length).toBeGreaterThan(2);
    expect(before.filter((author) => after.includes(author))).toEqual([]);
  });
});

describe('a comparison', () => {
  const texts: Example[] = Array.from({ length: 200 }, (_, i) => ({
    text: String(i),
    label: i % 4 === 0 ? 'rare' : 'often',
  }));
  const right = (text: string) => ({ label: Number(text) % 4 === 0 ? 'rare' : 'often' });
  const half = (text: string) => ({ label: Number(text) % 8 === 0 ? 'rare' : 'often' });

  test('shows both on each label, with the difference and where it lies', () => {
    const { labels, macroF1, n } = compare(texts, half, right);
    expect(n).toBe(200);
    const rare = labels.find(({ label }) => label === 'rare');
    expect(rare).toMatchObject({ n: 50, champion: 2 / 3, challenger: 1 });
    expect(rare?.low).toBeGreaterThan(0.15);
    expect(rare?.high).toBeLessThan(0.55);
    expect(rare?.low).toBeLessThan(rare?.difference as number);
    expect(macroF1.difference).toBeCloseTo(macroF1.challenger - macroF1.champion);
    expect(compare(texts, half, right)).toEqual(compare(texts, half, right));
  });

  test('of a judge with itself finds no difference, and of nothing does not break', () => {
    for (const row of compare(texts, right, right).labels)
      expect(row).toMatchObject({ difference: 0, low: 0, high: 0 });
    expect(compare([], right, half)).toMatchObject({ n: 0, labels: [], accuracy: { champion: 0, difference: 0 } });
  });

  test('stands against a promotion when a protected type gets worse, or cannot be judged', () => {
    const losing = compare(texts, right, half);
    expect(judgePromotion(losing, ['rare', 'unheard']).worse.map(({ label }) => label)).toEqual(['rare']);
    expect(judgePromotion(losing, ['rare', 'unheard']).unproven).toEqual([{ label: 'unheard', n: 0 }]);
    expect(judgePromotion(losing, [])).toEqual({ worse: [], unproven: [] });
    expect(judgePromotion(compare(texts, half, right), ['rare', 'often']).worse).toEqual([]);
  });
});

const fruit: Example[] = ['apple', 'pear', 'plum'].flatMap((label) =>
  ['ripe', 'sour', 'fresh', 'big'].map((word) => ({ text: `a ${word} ${label}`, label })),
);

test('a model answers with nothing but the types in force', () => {
  const model = train(fruit);
  const less = restrictTo(model, new Set(['apple', 'plum', 'melon']));
  expect(less.head.labels).toEqual(['apple', 'plum']);
  expect(less.head.unsureBelow).toHaveLength(2);
  expect(modelJudge(less)('a ripe plum').label).toBe('plum');
  expect(['apple', 'plum']).toContain(modelJudge(less)('a ripe pear').label);
  expect(restrictTo(model, new Set(['apple', 'pear', 'plum']))).toBe(model);
  expect(() => restrictTo(model, new Set(['apple', 'melon']))).toThrow(/none of your problem types.*earshot train/s);
});

describe('the models of a data directory', () => {
  let dir: string;
  let library: ModelLibrary;
  const training = { by: 'Mia', at: 1, examples: 12, lessons: 0, seen: ['abc'] };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-models-'));
    library = new ModelLibrary(join(dir, 'models'), 'shipped');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const challenge = async (examples: Example[]) => {
    const model = train(examples);
    await library.saveChallenger(model, training, [{ text: 'a red plum', label: 'plum' }]);
    return model.head.version;
  };

  test('begin with the shipped one; promotions go forward, rollbacks one back, down to the shipped one again', async () => {
    expect(await library.inUse()).toEqual({ dir: 'shipped' });
    expect(await library.rollBack()).toBeUndefined();
    const first = await challenge(fruit);
    await library.promote(first, 'Mia', 5);
    expect(await library.trainingOf(library.challengerDir)).toBeUndefined();
    const second = await challenge(fruit.slice(0, 8));
    expect((await library.inUse()).promotion).toEqual({ model: first, by: 'Mia', at: 5 });
    await library.promote(second, 'Jun', 6);
    const { dir: used, promotion } = await library.inUse();
    expect(promotion).toEqual({ model: second, by: 'Jun', at: 6 });
    expect((await loadModel(used)).head.version).toBe(second);
    expect(await library.trainingOf(used)).toEqual(training);
    expect((await library.rollBack())?.model).toBe(second);
    expect((await library.inUse()).promotion?.model).toBe(first);
    await library.rollBack();
    expect(await library.inUse()).toEqual({ dir: 'shipped' });
  });

  test('keep a challenger whole, with what it is measured on, and nothing half made', async () => {
    await challenge(fruit);
    expect(await library.heldOut()).toEqual([{ text: 'a red plum', label: 'plum' }]);
    expect(await readdir(join(dir, 'models'))).toEqual(['challenger']);
  });

  test('say in words that the file which names the one in use is damaged', async () => {
    await library.promote(await challenge(fruit), 'Mia', 5);
    await writeFile(join(dir, 'models', 'in-use.json'), '{"promoted": [');
    await expect(library.inUse()).rejects.toThrow(/in-use\.json cannot be read/);
  });

  test('are followed by a process that runs: a promotion counts from the next mention on', async () => {
    const loaded: string[] = [];
    const told: unknown[] = [];
    const load = async () => {
      const { dir: at } = await library.inUse();
      loaded.push(at);
      if (loaded.length === 3) throw new Error('planted');
      return { version: at, classify: () => ({}) as Assessment };
    };
    const follow = followModelInUse(library, { load, failed: (thrown) => told.push(thrown) });
    expect((await follow()).version).toBe('shipped');
    await Promise.all([follow(), follow()]);
    expect(loaded).toHaveLength(1);
    await library.promote(await challenge(fruit), 'Mia', 5);
    const second = (await follow()).version;
    expect(second).toBe((await library.inUse()).dir);
    await library.promote(await challenge(fruit.slice(0, 8)), 'Mia', 6);
    expect((await follow()).version, 'one that cannot be loaded leaves the old one at work').toBe(second);
    expect(String(told[0])).toContain('planted');
  });
});

test('the least certain mentions come first, each text once, and none that a person has spoken about', () => {
  const row = (text: string, confidence: number, second = 0) => ({
    mention: { id: text, text } as Mention,
    assessment: { confidence, others: [{ type: 'x', confidence: second }] } as unknown as Assessment,
  });
  const sums: [string, number, number?][] = [
    ['sure', 0.99],
    ['set', 0.4, 0.4],
    ['close', 0.4, 0.39],
    ['Fee 12!', 0.5, 0.2],
    ['fee 99', 0.49, 0.1],
    ['two problems', 0.9, 0.9],
    [' ', 0.3, 0.3],
  ];
  const rows = sums.map((given) => row(...given));
  const set = new Set(['set']);
  expect(leastCertain(rows, set, 9).map(({ mention }) => mention.text)).toEqual([
    'close',
    'fee 99',
    'two problems',
    'sure',
  ]);
  expect(leastCertain(rows, set, 1)).toHaveLength(1);
});
