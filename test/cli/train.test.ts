import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, jsonLines, openHome, type Ran } from './support.ts';

/** Labels that have nothing to do with payments. */
const WORDS = {
  apples: ['orchard', 'cider', 'blossom', 'core'],
  boats: ['harbour', 'rudder', 'sail', 'anchor'],
  clocks: ['pendulum', 'minute', 'alarm', 'dial'],
  drums: ['rhythm', 'stick', 'cymbal', 'snare'],
};
const examples = Object.entries(WORDS).flatMap(([label, words]) =>
  words.flatMap((one) =>
    words.map((other, n) => ({ text: `the ${one} and the ${other}, no. ${n}`, label, lang: 'en' })),
  ),
);

let home: Home;
beforeAll(async () => {
  home = await openHome();
  await writeFile(join(home.dir, 'examples.jsonl'), jsonLines(examples));
  await writeFile(join(home.dir, 'half.jsonl'), `${JSON.stringify(examples[0])}\n{"text": "no label"}\n`);
  await writeFile(join(home.dir, 'empty.jsonl'), '\n');
  await writeFile(join(home.dir, 'weightless.jsonl'), jsonLines([{ ...examples[0], weight: 0 }]));
});
afterAll(() => home.close());

describe('earshot train and evaluate', () => {
  let measured: Ran;
  beforeAll(async () => {
    const trained = await home.run(['train', '--examples', 'examples.jsonl', '--out', 'model', '--json']);
    expect(trained).toMatchObject({ code: 0, json: [{ examples: 64, labels: 4, out: join(home.dir, 'model') }] });
    measured = await home.run(['evaluate', '--examples', 'examples.jsonl', '--model', 'model', '--json']);
  });

  it('take any set of labels, and print the fixed shape', () => {
    expect(measured.code).toBe(0);
    const [result] = measured.json;
    expect(result).toMatchObject({ n: 64, accuracy: expect.any(Number), macroF1: expect.any(Number) });
    expect(Object.keys(result.labels).sort()).toEqual(Object.keys(WORDS));
    for (const label of Object.values(result.labels)) {
      expect(label).toMatchObject({
        precision: expect.any(Number),
        recall: expect.any(Number),
        f1: expect.any(Number),
      });
    }
    expect(result.accuracy).toBeGreaterThan(0.9);
  });

  it.each(['apples', 'boats'])('count an example by its weight: %s', async (label) => {
    const text = 'the one on the river';
    const torn = ['apples', 'boats'].flatMap((other) =>
      Array.from({ length: 20 }, () => ({ text, label: other, weight: other === label ? 3 : 0.3 })),
    );
    await writeFile(join(home.dir, 'torn.jsonl'), jsonLines([...examples, ...torn]));
    const trained = await home.run(['train', '--examples', 'torn.jsonl', '--out', 'weighed', '--json']);
    expect(trained.code).toBe(0);
    await writeFile(join(home.dir, 'asked.jsonl'), jsonLines([{ text, label }]));
    const { json } = await home.run(['evaluate', '--examples', 'asked.jsonl', '--model', 'weighed', '--json']);
    expect(json[0].accuracy).toBe(1);
  });

  it('print the same as a table for people', async () => {
    const { code, out } = await home.run(['evaluate', '--examples', 'examples.jsonl', '--model', 'model']);
    expect(code).toBe(0);
    expect(out).toMatch(/^LABEL +PRECISION +RECALL +F1/);
    expect(out).toContain(`accuracy ${measured.json[0].accuracy.toFixed(3)}`);
  });

  it.each([
    ['a missing file', ['--examples', 'nowhere.jsonl'], /There is no file .*nowhere\.jsonl/],
    ['a folder', ['--examples', '.'], /folder/],
    ['half a record, by its line', ['--examples', 'half.jsonl'], /half\.jsonl, line 2 needs "text" and "label"/],
    ['a weight of nothing', ['--examples', 'weightless.jsonl'], /weightless\.jsonl, line 1 has a "weight" that is no/],
    ['no example at all', ['--examples', 'empty.jsonl'], /no example in empty\.jsonl/],
    ['no model', ['--examples', 'examples.jsonl', '--model', 'nowhere'], /There is no model in nowhere/],
  ])('say in a sentence what is wrong: %s', async (_, args, sentence) => {
    const { code, out, err } = await home.run(['evaluate', ...args]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n {4}at /);
  });
});
