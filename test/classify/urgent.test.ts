import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { shipped } from './shipped.ts';

interface Post {
  text: string;
  lang: string;
  urgent: boolean;
}

/**
 * Posts in both languages that nothing was trained on: theft, takeover, law, outages and despair; beside them the same
 * words in the past, denied, supposed, told of others, or meant otherwise.
 */
const POSTS = readFileSync(new URL('fixtures/urgent.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Post);

/** F1 of "urgent". Raise a floor when it is passed for good. */
const FLOOR = { en: 0.72, zh: 0.8 };

describe('urgent posts are found, and calm ones are left in peace', () => {
  let said: boolean[];
  beforeAll(async () => {
    const classifier = await shipped();
    said = POSTS.map(({ text }) => classifier.classify({ text }, 0).priority === 'urgent');
  });

  test('there are enough of both to say something', () => {
    expect(POSTS.length).toBeGreaterThanOrEqual(150);
    for (const urgent of [true, false])
      expect(POSTS.filter((post) => post.urgent === urgent).length).toBeGreaterThan(60);
  });

  test.each(['en', 'zh'] as const)('F1 in %s', (lang) => {
    const own = POSTS.map((post, i) => ({ ...post, said: said[i] })).filter(
      (post) => (post.lang === 'zh') === (lang === 'zh'),
    );
    const hit = own.filter((post) => post.urgent && post.said).length;
    const f1 = (2 * hit) / (own.filter((post) => post.urgent).length + own.filter((post) => post.said).length);
    expect(f1).toBeGreaterThan(FLOOR[lang]);
  });
});
