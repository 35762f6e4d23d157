import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANALYSED_HEAD, ANALYSED_TAIL, fold, originalSpan, replaceRanges } from '../../src/stages/classify/fold.ts';
import { makeView } from '../../src/stages/classify/view.ts';
import { HOSTILE } from './shipped.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  // Every UTF-16 unit, so also halves of pairs.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(...Object.values(HOSTILE)),
);

describe('folding', () => {
  test.each([
    ['width and case', 'ＯＫＰａｙ　Ｌｏｃｋｅｄ', 'okpay locked'],
    ['script', '帳戶被凍結，轉帳失敗', '帐户被冻结,转帐失败'],
    ['accents', 'Crème brûlée', 'creme brulee'],
    ['quotes', 'can’t “log in”', 'can\'t "log in"'],
    ['what cannot be seen', 'ha\u200bck\u2060ed', 'hacked'],
    ['runs of letters, not of digits', 'sooooo baaad!!!!! 100000', 'soo baad!! 100000'],
    ['white space', 'a \n\t b', 'a b'],
  ])('levels %s', (_, text, folded) => {
    expect(fold(text).text).toBe(folded);
  });

  test('keeps a way back from every folded unit to the original', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text);
        expect(folded.starts).toHaveLength(folded.text.length);
        let before = 0;
        for (let i = 0; i < folded.text.length; i++) {
          const { start, end } = originalSpan(folded, i, i + 1);
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start - 1);
          expect(end).toBeLessThanOrEqual(text.length);
          before = start;
        }
      }),
    );
  });

  test('finds each plain word of a text at its place', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const text = `${before} zebra ${after}`;
        const folded = fold(text);
        const at = folded.text.indexOf('zebra');
        fc.pre(!before.toLowerCase().includes('z') && at >= 0 && !/[\p{M}\p{Cf}]/u.test(text));
        const { start, end } = originalSpan(folded, at, at + 5);
        expect(text.slice(start, end).toLowerCase()).toBe('zebra');
      }),
    );
  });

  test('reads head and tail of a very long text, with true offsets', () => {
    const text = `${'a b '.repeat(1e6)}zebra`;
    const folded = fold(text);
    expect(folded.text.length).toBeLessThanOrEqual(ANALYSED_HEAD + ANALYSED_TAIL + 1);
    const at = folded.text.indexOf('zebra');
    const { start, end } = originalSpan(folded, at, at + 5);
    expect(text.slice(start, end)).toBe('zebra');
  });

  test('keeps offsets when ranges are replaced', () => {
    const folded = fold('pay OKPay 500 now');
    const { text, starts, ends } = replaceRanges(folded, [
      { from: 4, to: 9, by: '*' },
      { from: 10, to: 13, by: '0' },
    ]);
    expect(text).toBe('pay * 0 now');
    expect([starts[4], ends[4], starts[6], ends[6], starts[8]]).toEqual([4, 9, 10, 13, 14]);
  });
});

describe('what the model gets to see', () => {
  const view = makeView({ names: ['OKPay', '欧付'], regional: new Map([['储值', '充值']]) });
  const seen = (text: string) => view.hide(view.common(fold(text))).text.replaceAll('\ue000', '_');

  test.each([
    ['OKPay took 3,500.00 from me', '_ took 0 from me'],
    ['欧付登录不了', '_登录不了'],
    ['hey @OKPaySupport see https://okpay.example/x?y=1', 'hey _ see _'],
    ['write to jo@example.org', 'write to _'],
    ['okpayment is a word of its own', 'okpayment is a word of its own'],
    ['儲值失敗', '充值失败'],
  ])('%s', (text, expected) => {
    expect(seen(text)).toBe(expected);
  });

  test('is the same for two brands', () => {
    const other = makeView({ names: ['Zapcoin'] });
    expect(seen('OKPay locked me out')).toBe(other.hide(fold('Zapcoin locked me out')).text.replaceAll('\ue000', '_'));
  });
});
