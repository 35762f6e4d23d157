import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../../settings.ts';
import { loadTemplates, parseArticle, withOwn } from '../../../../stages/draft/index.ts';
import { textFaultWords } from './text-faults.ts';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    return String((thrown as Error).message).replace(/^\S+?\.md:\d+: /, '');
  }
  throw new Error('nothing was wrong');
};

test('what drafting says is wrong with a text can be read in both scripts of Chinese', async () => {
  const shipped = await loadTemplates(join(ROOT, 'templates'));
  const own = (text: string, id = 'fees/en') => messageOf(() => withOwn(shipped, [{ id, text }]));
  const article = (text: string) =>
    messageOf(() =>
      parseArticle('fees/en.md', `---\nid: fees\ntitle: T\nowner: us\nchecked: 2026-11-27\n---\n${text}\n`),
    );
  const said = [
    own('{{nobody}}'),
    own('a {b}'),
    own(' '),
    own('Alone.', 'fees/en.9'),
    messageOf(() => withOwn(shipped, [{ id: 'fees/en.2', off: true }])),
    article('**bold**'),
    article('## '),
    article('{{nobody}}'),
  ];
  for (const fault of said) {
    expect(textFaultWords(fault, 'en')).toBe(fault);
    for (const lang of ['zh-Hans', 'zh-Hant'] as const)
      expect([fault, textFaultWords(fault, lang)]).toEqual([fault, expect.stringMatching(/\p{Script=Han}/u)]);
  }
});
