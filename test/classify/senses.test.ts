import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_FEATURES, FeatureList, readerOf, VIEW } from '../../src/stages/classify/features.ts';
import { fold } from '../../src/stages/classify/fold.ts';
import { Senses, type SenseTable } from '../../src/stages/classify/senses.ts';
import { readSenses } from '../../src/stages/classify/senses-file.ts';
import { DATA, HOSTILE } from './shipped.ts';

const TABLE: SenseTable = {
  refused: ['refus*', 'declin*', 'turned down', '被拒'],
  card: ['card*', '卡', '银行卡'],
  '-': ['my', 'the', 'was'],
};

const senses = new Senses(TABLE);
const said = (text: string) => {
  const folded = fold(text).text;
  return senses.find(folded).map(({ start, end, hash }) => [folded.slice(start, end), hash] as const);
};

/** What the model counts of a text beside words and characters: hashes of senses and pairs. */
function counted(text: string, table: SenseTable = TABLE): Set<number> {
  const list = new FeatureList();
  readerOf(DEFAULT_FEATURES, table)(fold(text).text, list);
  return new Set([...list.hashes.subarray(0, list.length)].filter((_, i) => list.views[i] === VIEW.senses));
}

describe('what is said, by whatever word', () => {
  test('words of one sense are one, in both languages and any form that the table gives', () => {
    const [[, english]] = said('refusing') as [readonly [string, number]];
    for (const text of ['Declined', 'turned down', '被拒']) expect(said(text)).toEqual([[text.toLowerCase(), english]]);
  });

  test('Latin words count whole, Chinese ones anywhere, and the longer of two counts', () => {
    expect(said('discard')).toEqual([]);
    expect(said('我的银行卡被拒了').map(([word]) => word)).toEqual(['银行卡', '被拒']);
  });

  test('two things said near each other are a pair, in whatever order and words', () => {
    const pair = (text: string) => [...counted(text)];
    expect(pair('my card was declined')).toEqual(expect.arrayContaining(pair('refused the cards')));
    expect(counted('my card was declined').size).toBe(3);
    expect(counted('card 卡').size).toBe(2);
  });

  test('without a table the words themselves make pairs, endings aside', () => {
    expect(counted('transfers failed', {})).toEqual(counted('failing transfer', {}));
    expect(counted('transfer', {}).size).toBe(0);
  });

  test('whatever the text, what is found lies in it, in order, and never overlaps', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(fc.constantFrom('card', '卡', '被拒', 'refus', 'ing', ' ', '银行', 'turned', 'down', '\ud800'))
        .map((parts) => parts.join('')),
      fc.constantFrom(...Object.values(HOSTILE)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const folded = fold(text).text;
        const edges = senses.find(folded).flatMap(({ start, end }) => [start, end]);
        expect(edges).toEqual([...edges].sort((a, b) => a - b));
        expect(edges.at(-1) ?? 0).toBeLessThanOrEqual(folded.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the file of senses', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'senses-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
  const read = async (yaml: string) => {
    const file = join(dir, 'senses.yml');
    await writeFile(file, yaml);
    return readSenses(file);
  };

  test('the shipped one has both languages for each sense', async () => {
    const table = await readSenses(join(DATA, 'senses.yml'));
    expect(Object.keys(table).length).toBeGreaterThan(90);
    for (const [name, words] of Object.entries(table)) {
      expect(
        words.some((word) => /[a-z]/i.test(word)),
        name,
      ).toBe(true);
      expect(
        words.some((word) => /\p{Script=Han}/u.test(word)),
        name,
      ).toBe(true);
    }
  });

  test('a word under two senses, or a sense without a language, is told by name', async () => {
    await expect(read('a: { en: [x], zh: [] }\nb: { en: [x], zh: [] }')).rejects.toThrow(/"x" under both a and b/);
    await expect(read('a: { en: [x] }')).rejects.toThrow(/senses\.yml cannot be used.*zh/s);
  });
});
