import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { ALSO_ABOUT, type Assessment } from '../../src/core/nouns.ts';
import type { Classifier } from '../../src/core/ports.ts';
import type { Example } from '../../src/stages/classify/index.ts';
import { shipped } from './shipped.ts';

const read = <T extends Example>(name: string): T[] =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** Posts that name two problems, a sentence or two for each. */
const TWO = read<Example & { also: string[] }>('several.jsonl');
/** Posts of which most name one. */
const ONE = read<Example>('stand-in.jsonl');

describe('several problems in one post', () => {
  let classifier: Classifier;
  beforeAll(async () => {
    classifier = await shipped();
  });
  const further = ({ others }: Assessment) => others.filter(({ confidence }) => confidence >= ALSO_ABOUT);

  test('one of them decides, the other is named beside it', () => {
    let named = 0;
    let right = 0;
    for (const { text, label, also } of TWO) {
      const verdict = classifier.classify({ text }, 0);
      const both = [label, ...also];
      expect(both, text).toContain(verdict.problemType);
      named += further(verdict).length;
      right += further(verdict).filter(({ type }) => both.includes(type)).length;
    }
    expect(right / TWO.length).toBeGreaterThan(0.8);
    expect(right / named).toBeGreaterThan(0.9);
  });

  test('posts with one problem are left with one', () => {
    const verdicts = ONE.map(({ text, label }) => ({ label, verdict: classifier.classify({ text }, 0) }));
    const rightly = verdicts.filter(({ label, verdict }) => verdict.problemType === label);
    const split = rightly.filter(({ verdict }) => further(verdict).length > 0);
    expect(split.length / rightly.length).toBeLessThan(0.08);
  });

  test('the second is no surer than the first, and found whatever the order', () => {
    const complaint = 'The transfer to my landlord never arrived.';
    const question = 'How much is the monthly fee?';
    for (const text of [`${complaint} ${question}`, `${question} ${complaint}`]) {
      const { problemType, confidence, others } = classifier.classify({ text }, 0);
      expect([problemType, others[0]?.type].sort()).toEqual(['fees', 'transfer-failed']);
      expect(others[0]?.confidence).toBeLessThanOrEqual(confidence);
    }
  });
});
