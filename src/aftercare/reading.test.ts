import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFollowUp } from './reading.ts';

describe('what an author says after our answer', () => {
  it.each([
    'Thanks, that worked. Solved!',
    'Thank you so much',
    'My money has arrived, all good now',
    'No problem, it is fixed',
    '谢谢，已经解决了',
    '到账了，感谢',
    '謝謝，已經恢復了',
    '搞定',
  ])('is solved: %s', (text) => {
    expect(readFollowUp(text)).toBe('solved');
  });

  it.each([
    'Thanks, but it is still missing',
    'It is not solved',
    'How long will that take?',
    "It doesn't work",
    '还没到账',
    '谢谢，但是还是不行',
    '请问要等多久',
    '還沒解決',
  ])('asks again: %s', (text) => {
    expect(readFollowUp(text)).toBe('asks-again');
  });

  it.each(['Thanks, I will try that', 'My order number is in the app', '谢谢，我试试', '我用的是安卓手机'])(
    'is only a sign of life: %s',
    (text) => {
      expect(readFollowUp(text)).toBe('came-back');
    },
  );

  it('reads any text, and never calls a question solved', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['solved', 'asks-again', 'came-back']).toContain(readFollowUp(text));
        expect(readFollowUp(`${text}?`)).toBe('asks-again');
      }),
    );
  });
});
