import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOtherWords } from './said.ts';

const WORDS = {
  'Nothing is posted.': '不会发布。',
  'The thread {name} is locked. Unlock {name}, or go.': '帖子 {name} 已锁定。',
  '{why} Post it by hand.': '{why}请手动发布。',
  'No key.': '没有密钥。',
  '{what} answered {status}: busy.': '{what} 回答 {status}：忙。',
  '{host} is unknown.': '找不到 {host}。',
  '{url} could not be read: {why}': '无法读取 {url}：{why}',
};

describe('what was said, in other words', () => {
  it.each([
    ['Nothing is posted.', '不会发布。'],
    ['No key. Post it by hand.', '没有密钥。请手动发布。'],
    ['It rains. Post it by hand.', 'It rains.请手动发布。'],
    ['The thread #help is locked. is locked. Unlock it, or go.', '帖子 it 已锁定。'],
    [
      'https://a.example/rss could not be read: a.example is unknown.',
      '无法读取 https://a.example/rss：找不到 a.example。',
    ],
    ['No key.\na.example/rss could not be read: a is unknown.', '没有密钥。\n无法读取 a.example/rss：找不到 a。'],
    ['api.example: x answered 503: busy.', 'api.example: x 回答 503：忙。'],
  ])('%s', (said, expected) => {
    expect(inOtherWords(said, WORDS)).toBe(expected);
  });

  it.each([
    ['api.example: No key.', 'api.example：没有密钥。'],
    ['The forum refused it: the topic was closed.', undefined],
    ['a.example/rss could not be read: ECONNRESET: it ended.', '无法读取 a.example/rss：ECONNRESET: it ended.'],
  ])('a colon is Chinese beside Chinese alone: %s', (said, expected) => {
    expect(inOtherWords(said, { ...WORDS, '{what}: {advice}': '{what}：{advice}' })).toBe(expected);
  });

  it.each(['Something else.', '', 'Nothing is posted', ' Post it by hand.', 'The thread  is locked. Unlock , or go.'])(
    'is nothing for a sentence that is not among them (%s)',
    (said) => {
      expect(inOtherWords(said, WORDS)).toBeUndefined();
    },
  );

  it('keeps whatever was filled in, letter by letter, and never fails', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (what, any) => {
        expect(inOtherWords(`${what} answered 503: busy.`, { '{what} answered 503: busy.': '<{what}>' })).toBe(
          `<${what}>`,
        );
        expect(() => inOtherWords(any, WORDS)).not.toThrow();
      }),
    );
  });
});
