import { resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Lexicon,
  type LexiconFile,
  lexiconWith,
  loadClassifier,
  loadLexicon,
  type OwnPhrase,
  phraseFinder,
  phraseKey,
  readLexicon,
  shippedPhrases,
} from '../../src/stages/classify/index.ts';

const DATA = resolve(import.meta.dirname, '../../data');

let files: LexiconFile[];
beforeAll(async () => {
  files = await readLexicon(resolve(DATA, 'lexicon'));
});

const own = (phrase: string, problemType: string, weight = 3, off = false) => ({ phrase, problemType, weight, off });
const ofType = (lexicon: Lexicon, type: string) => lexicon.phrases.filter((one) => one.type === type);

describe('phrases of a team', () => {
  test('leave the files as they are where there is none, so that verdicts keep their version', async () => {
    expect((await loadLexicon(DATA, [])).version).toBe((await loadLexicon(DATA)).version);
    expect((await loadLexicon(DATA, [own('cashout stuck', 'transfer-failed')])).version).not.toBe(
      (await loadLexicon(DATA)).version,
    );
  });

  test('are added, weighed otherwise and switched off, each for one problem type alone', () => {
    const plain = lexiconWith(files);
    const [first] = ofType(plain, 'fees');
    if (!first) throw new Error('no phrase speaks for fees');
    const changed = lexiconWith(files, [
      own('Spread too wide', 'fees', 2),
      own(first.phrase.toUpperCase(), 'fees', first.weight === 1 ? 2 : 1),
      own('手续费', 'fees', 3, true),
    ]);
    const now = ofType(changed, 'fees');
    expect(now.find(({ phrase }) => phrase === 'spread too wide')).toMatchObject({ weight: 2 });
    expect(now.filter(({ phrase }) => phraseKey(phrase) === phraseKey(first.phrase))).toMatchObject([
      { weight: first.weight === 1 ? 2 : 1 },
    ]);
    expect(now.map(({ phrase }) => phrase)).not.toContain('手续费');
    expect(ofType(changed, 'app-bug')).toEqual(ofType(plain, 'app-bug'));
  });

  test('in Traditional characters and regional words find what is written in either', () => {
    const find = phraseFinder(['儲值卡失效', 'Refund*', 'sent .. vanished'], files);
    expect(find('我的储值卡失效了')).toEqual(['儲值卡失效']);
    expect(find('我的儲值卡失效了')).toEqual(['儲值卡失效']);
    expect(find('They REFUNDED me')).toEqual(['Refund*']);
    expect(find('I sent it to my sister and it vanished.')).toEqual(['sent .. vanished']);
    expect(find('I sent it. Then the app vanished.')).toEqual([]);
    expect(find('nothing of this')).toEqual([]);
  });

  test('decide what a mention is about, once they name the problem outright', async () => {
    const brand = { names: ['OKPay'], officialHandles: [] };
    const text = 'the glimmer of my quill, as every autumn';
    const plain = await loadClassifier(DATA, brand);
    const taught = await loadClassifier(DATA, brand, {
      lexicon: await loadLexicon(DATA, [own('glimmer', 'fees'), own('my quill', 'fees')]),
    });
    expect(plain.classify({ text }, 0).problemType).not.toBe('fees');
    const after = taught.classify({ text }, 0);
    expect(after.problemType).toBe('fees');
    expect(after.evidence.map((one) => one.text)).toContain('glimmer');
  });

  test('say more the more they are worth, and one that came along says never more for being worth less', async () => {
    const brand = { names: ['OKPay'], officialHandles: [] };
    const text = '提现的时候收了手续费';
    const confidence = async (...said: OwnPhrase[]) => {
      const classifier = await loadClassifier(DATA, brand, { lexicon: await loadLexicon(DATA, said) });
      const { problemType, others, confidence: sure } = classifier.classify({ text }, 0);
      return problemType === 'transfer-failed'
        ? sure
        : (others.find(({ type }) => type === 'transfer-failed')?.confidence ?? 0);
    };
    const [none, ...rising] = [
      await confidence(),
      await confidence(own('提现的时候', 'transfer-failed', 1)),
      await confidence(own('提现的时候', 'transfer-failed', 2)),
      await confidence(own('提现的时候', 'transfer-failed', 3)),
    ];
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(rising[0]).toBeGreaterThan(none);
    const odds = (phrase: string, problemType: string, weight: number) =>
      lexiconWith(files, [own(phrase, problemType, weight)]).find(phrase)[0]?.meaning;
    expect(odds('手续费', 'fees', 1)).toMatchObject({ weight: 1, odds: 0 });
    expect(odds('手续', 'fees', 3)).toMatchObject({ weight: 3, odds: 2 });
  });

  test('in which nothing could be found are left out, whatever somebody wrote into the file', () => {
    const inventable = fc.array(
      fc.record({
        phrase: fc.oneof(fc.string(), fc.constantFrom('..', '* ..', '充值 ..', '  ', '\u200b', '.. .. a')),
        problemType: fc.constantFrom('fees', 'app-bug', '__proto__', 'unknown'),
        weight: fc.constantFrom(1, 2, 3),
        off: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(inventable, (some) => {
        const changed = lexiconWith(files, some);
        const said = new Set(some.map(({ problemType, phrase }) => `${problemType} ${phraseKey(phrase)}`));
        const kept = new Set(changed.phrases.map(({ phrase, type }) => `${type} ${phrase}`));
        const gone = shippedPhrases(files).filter(({ phrase, problemType }) => !kept.has(`${problemType} ${phrase}`));
        for (const { phrase, problemType } of gone) expect(said).toContain(`${problemType} ${phraseKey(phrase)}`);
        phraseFinder(
          some.map(({ phrase }) => phrase),
          files,
        )('some text, 一段文字');
      }),
      { numRuns: 15 },
    );
  });
});
