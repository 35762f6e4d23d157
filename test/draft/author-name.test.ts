import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greeting, sayableName } from '../../src/stages/draft/author-name.ts';
import { anyText } from './helpers.ts';

const said = (name: string | undefined) =>
  sayableName({ id: 'a', handle: 'h', ...(name === undefined ? {} : { name }) }, 'Lanternpay');

describe('an author’s name', () => {
  it.each([
    ['Kim', 'Kim'],
    ['Kim Invented', 'Kim Invented'],
    ["Siobhán O'Demo", "Siobhán O'Demo"],
    ['雨辰（虚构）', '雨辰'],
    ['Theo (he/him) | runner', 'Theo'],
    ['Nadia 🌱✨', 'Nadia'],
    ['Ｋｉｍ', 'Kim'],
    ['Ingrid F.', 'Ingrid F'],
    ['小北·上海', '小北'],
  ])('%j is said as %j', (name, expected) => {
    expect(said(name)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    'K',
    '🌱',
    'kim_2009',
    'player2',
    'evil.com',
    '@everyone',
    'Lanternpay Help',
    'LANTERNPAY',
    'Support Desk',
    '官方客服',
    '管理员',
    'Bartholomew Featherstonehaugh the Third',
    '13800138000',
    'a\u0301\u0302\u0303\u0304',
  ])('%j is not said', (name) => {
    expect(said(name)).toBeUndefined();
  });

  it('never brings anything but letters, spaces, hyphens and apostrophes, twenty at most', () => {
    fc.assert(
      fc.property(anyText(30), (name) => {
        expect(said(name) ?? 'Kim').toMatch(/^\p{L}[\p{L}\p{M} '’-]{1,19}$/u);
      }),
    );
  });

  it('stands in the greeting of each language, which does without', () => {
    expect([greeting('en', 'Kim'), greeting('en', undefined)]).toEqual(['Hi Kim,', 'Hi,']);
    expect([greeting('zh-Hans', '雨辰'), greeting('zh-Hant', 'Kim'), greeting('zh-Hans', undefined)]).toEqual([
      '雨辰您好，',
      'Kim 您好，',
      '您好，',
    ]);
  });
});
