import { describe, expect, it } from 'vitest';
import { INDEXED_LENGTH, termsOf, tokensOf } from './search-tokens.ts';

describe('tokens of a text', () => {
  it.each([
    ['我的钱包', ['我的', '的钱', '钱包', '包']],
    ['包', ['包']],
    ['充值500元', ['充值', '值', '500', '元']],
    ['My ABC钱包, OK?', ['my', 'abc', '钱包', '包', 'ok']],
    ['ＡＢＣ ｶﾀ', ['abc', 'カタ', 'タ']],
    ['pass\u200bword', ['password']],
    ['𠀀𠀁', ['𠀀𠀁', '𠀁']],
    ['?! \0 \ud800 …', []],
    ['', []],
  ])('%j', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it('are of the beginning of a text without end', () => {
    expect(tokensOf('a '.repeat(5_000_000))).toHaveLength(INDEXED_LENGTH / 2);
    expect(tokensOf('a'.repeat(5_000_000))[0]?.length).toBeLessThan(100);
  });
});

describe('terms of a query', () => {
  it.each([
    ['钱', [{ phrase: ['钱'], prefix: true }]],
    ['钱包打', [{ phrase: ['钱包', '包打'], prefix: false }]],
    [
      'stuck trans',
      [
        { phrase: ['stuck'], prefix: false },
        { phrase: ['trans'], prefix: true },
      ],
    ],
    ['trans ', [{ phrase: ['trans'], prefix: false }]],
    ['"*"', []],
  ])('%j', (query, terms) => {
    expect(termsOf(query)).toEqual(terms);
  });

  it('are few, however long the query is', () => {
    expect(termsOf('a '.repeat(10_000)).length).toBeLessThan(100);
    expect(termsOf('钱'.repeat(10_000))).toHaveLength(1);
  });
});
