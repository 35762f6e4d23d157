import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelJudge } from '../../src/stages/classify/evaluate.ts';
import { train } from '../../src/stages/classify/index.ts';
import { dictionaryOf, Segmenter } from '../../src/stages/classify/segment.ts';
import { WordVectors } from '../../src/stages/classify/word-vectors.ts';
import { readWords, type Words } from '../../src/stages/classify/words-file.ts';

const SHIPPED = resolve(import.meta.dirname, '../../data/words');

let words: Words;
let dir: string;
beforeAll(async () => {
  words = await readWords(SHIPPED);
  dir = await mkdtemp(join(tmpdir(), 'earshot-words-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function parted(text: string, segmenter = new Segmenter(words.dictionary)): string[] {
  const parts: string[] = [];
  segmenter.segment(text, 0, text.length, (start, end) => parts.unshift(text.slice(start, end)));
  return parts;
}

describe('Chinese words', () => {
  test.each([
    ['我昨天给朋友付款', ['我', '昨天', '给', '朋友', '付款']],
    ['一直没有收到', ['一直', '没有', '收到']],
    ['到底什么时候能到', ['到底', '什么', '时候', '能', '到']],
  ])('%s', (text, expected) => {
    expect(parted(text)).toEqual(expected);
  });

  test('of all ways the one whose words are most common together', () => {
    const small = new Segmenter(
      dictionaryOf([
        ['甲乙', 90],
        ['乙丙', 5],
        ['丙', 90],
        ['甲', 5],
      ]),
    );
    expect(parted('甲乙丙', small)).toEqual(['甲乙', '丙']);
  });

  test('whatever the text, the words are all of it in turn', () => {
    const character = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code));
    const common = fc.constantFrom(...'我的钱包被冻结了转账没到提现失败客服不理人验证码');
    const segmenter = new Segmenter(words.dictionary);
    fc.assert(
      fc.property(fc.array(fc.oneof(common, character), { minLength: 1, maxLength: 600 }), (characters) => {
        const text = characters.join('');
        const parts = parted(text, segmenter);
        expect(parts.join('')).toBe(text);
        expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(4);
      }),
      { numRuns: 60 },
    );
  });
});

describe('English words as points', () => {
  const nearness = (one: string, other: string) => {
    const vectors = new WordVectors(words.wordVectors);
    const [a, b] = [one, other].map((text) => Float64Array.from(vectors.read(text)));
    const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
    return (
      dot(a as Float64Array, b as Float64Array) /
      Math.sqrt(dot(a as Float64Array, a as Float64Array) * dot(b as Float64Array, b as Float64Array))
    );
  };

  test('texts that say the same in other words lie nearer than others', () => {
    expect(nearness('my payment was declined', 'the purchase got refused')).toBeGreaterThan(
      nearness('my payment was declined', 'a sunny afternoon in the garden') + 0.2,
    );
    expect(nearness('thieves emptied it', 'robbers stole everything')).toBeGreaterThan(
      nearness('thieves emptied it', 'the new design is lovely') + 0.2,
    );
  });

  test('a text without a known word lies nowhere', () => {
    const vectors = new WordVectors(words.wordVectors);
    vectors.read('declined');
    expect(vectors.read('qqxzv 收到 !!').every((value) => value === 0)).toBe(true);
  });

  test('what moved a text along a direction is told word by word, and is all of it', () => {
    const vectors = new WordVectors(words.wordVectors);
    const { dims } = words.wordVectors;
    const word = fc.constantFrom('my', 'refund', "hasn't", 'arrived', 'zzqx', "friend's", '收到', '!');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.nat(dims - 1), (some, dim) => {
        const text = some.join(' ');
        const place = vectors.read(text)[dim] as number;
        let sum = 0;
        const direction = new Float64Array(dims);
        direction[dim] = 1;
        vectors.along(direction, (start, end, weight) => {
          expect(some).toContain(text.slice(start, end));
          sum += weight;
        });
        expect(sum).toBeCloseTo(place, 4);
      }),
    );
  });

  test('a model knows words that no example had, by their neighbours', () => {
    const told = [
      'my purchase was declined',
      'the payment was rejected',
      'card refused at the till',
      'they declined it',
    ];
    const calm = ['sunny weather in the park', 'a lovely garden', 'we had cake and tea', 'the dog likes the beach'];
    const examples = [
      told.map((text) => ({ text, label: 'refused' })),
      calm.map((text) => ({ text, label: 'leisure' })),
    ].flat();
    const judge = modelJudge(train(examples, { ...words }));
    expect(judge('transaction denied').label).toBe('refused');
    expect(judge('picnic by a river').label).toBe('leisure');
  });
});

describe('files that do not belong together are refused in words', () => {
  const changed = async (change: (to: string) => Promise<void>) => {
    const to = await mkdtemp(join(dir, 'changed-'));
    await cp(SHIPPED, to, { recursive: true });
    await change(to);
    return readWords(to);
  };

  test('points that are not as many for each word', async () => {
    await expect(changed((to) => truncate(join(to, 'english.bin'), 1001))).rejects.toThrow(
      /1001 bytes in english\.bin are no whole number for each of \d+ words/,
    );
  });

  test('a Chinese word without a count', async () => {
    await expect(changed((to) => writeFile(join(to, 'chinese.txt'), '我 5\n钱包\n'))).rejects.toThrow(
      /chinese\.txt cannot be used: "钱包"/,
    );
  });
});
