import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/nouns.ts';
import { LIKELY_SCAM } from '../../src/core/nouns.ts';
import { type Example, evaluate } from '../../src/stages/classify/index.ts';
import { shipped } from './shipped.ts';

interface Post extends Example {
  lang: string;
  register: string;
  urgent: boolean;
  scam: boolean;
}

/**
 * Stands in for posts of sources that nobody here has seen. Written before its author read a phrase of the lexicon or a
 * rule, in registers that no example is written in: letters, voicemail, help-desk tickets, public complaint boards,
 * comments under videos. It is for measuring only: no phrase, rule, example or threshold may answer to an error on it.
 */
const POSTS = readFileSync(new URL('fixtures/stand-in.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Post);

/** F1, and how right what is sure is. Raise a floor when it is passed for good. */
const FLOORS = {
  en: { type: 0.82, urgent: 0.7, scam: 0.82, sure: 0.9 },
  zh: { type: 0.89, urgent: 0.84, scam: 0.88, sure: 0.9 },
};

describe.each(['en', 'zh'] as const)('posts of unseen kinds, %s', (lang) => {
  const posts = POSTS.filter((post) => post.lang.startsWith(lang));
  let said: Assessment[];
  beforeAll(async () => {
    const classifier = await shipped();
    said = posts.map(({ text }) => classifier.classify({ text }, 0));
  });
  const f1 = (wanted: (post: Post) => boolean, answered: (answer: Assessment) => boolean) => {
    const hit = posts.filter((post, i) => wanted(post) && answered(said[i] as Assessment)).length;
    return (2 * hit) / (posts.filter(wanted).length + said.filter(answered).length);
  };

  test('there are enough of each type to say something', () => {
    expect(posts.length).toBeGreaterThanOrEqual(150);
    for (const label of new Set(POSTS.map((post) => post.label)))
      expect(posts.filter((post) => post.label === label).length).toBeGreaterThan(10);
  });

  test('problem type', () => {
    let i = 0;
    const { macroF1, sure } = evaluate(posts, () => {
      const { problemType, confidence, unsure } = said[i++] as Assessment;
      return { label: problemType, confidence, unsure };
    });
    expect(macroF1).toBeGreaterThan(FLOORS[lang].type);
    expect(sure?.accuracy).toBeGreaterThan(FLOORS[lang].sure);
  });

  test('urgent', () => {
    expect(
      f1(
        ({ urgent }) => urgent,
        ({ priority }) => priority === 'urgent',
      ),
    ).toBeGreaterThan(FLOORS[lang].urgent);
  });

  test('scam', () => {
    expect(
      f1(
        ({ scam }) => scam,
        ({ scam }) => scam >= LIKELY_SCAM,
      ),
    ).toBeGreaterThan(FLOORS[lang].scam);
  });
});
