import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDifference } from './differing-words.ts';

const shown = (before: string, after: string) =>
  wordDifference(before, after).map(({ kind, text }) =>
    kind === 'same' ? text : `${kind === 'gone' ? '-' : '+'}[${text}]`,
  );

test('whole words are marked, in any script, and what stands between changed words goes with them', () => {
  expect(shown('Write to the bank today.', 'Write to us today.')).toEqual([
    'Write to ',
    '-[the bank]',
    '+[us]',
    ' today.',
  ]);
  expect(shown('请写信给银行。', '请写信给我们。')).toEqual(['请写信给', '-[银行]', '+[我们]', '。']);
  expect(shown('See {{product}}.', 'See {{helpUrl}}.')).toEqual(['See ', '-[{{product}}]', '+[{{helpUrl}}]', '.']);
  expect(shown('same', 'same')).toEqual(['same']);
  expect(shown('', 'new')).toEqual(['+[new]']);
});

test('both texts can be read back out of it, whatever they are', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', '.', '中', '文', '{{product}}'))
    .map((all) => all.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), fc.oneof(text, fc.string()), (before, after) => {
      const pieces = wordDifference(before, after);
      const without = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text);
      expect(without('come').join('')).toBe(before);
      expect(without('gone').join('')).toBe(after);
    }),
  );
});
