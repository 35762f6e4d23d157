import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerAs, ConnectorError, holdsOneOf, parseJson, z } from '#kit';

describe('a keyword', () => {
  it.each([
    ['wallet', 'My WALLET is empty'],
    ['wallet', 'Ｗａｌｌｅｔ打不开'],
    ['充值', '今天充值失败了'],
    ['ＡＢＣ', 'abc'],
  ])('%s is found in: %s', (word, text) => expect(holdsOneOf([word])(text)).toBe(true));

  it('is not found where it does not stand', () => expect(holdsOneOf(['wallet', '充值'])('提现')).toBe(false));

  it('is not needed where none is set', () => expect(holdsOneOf([])('anything')).toBe(true));

  it('is found wherever it was put', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), (before, word, after) =>
        holdsOneOf([word])(`${before} ${word.toUpperCase()} ${after}`),
      ),
    );
  });
});

describe('an answer', () => {
  const shape = z.object({ id: z.string() });
  const from = { what: 'The reply', by: 'the platform', raw: '{"id":5}' };

  it('gives what was asked for, and nothing else of it', () => {
    expect(answerAs(shape, parseJson('{"id":"5","more":1}'), from)).toEqual({ id: '5' });
    expect(answerAs(shape, parseJson(new TextEncoder().encode('{"id":"五"}')), from)).toEqual({ id: '五' });
  });

  it.each(['{"id":5}', '', '<html>', '{"id":'])('of another shape is a failure that names it: %s', (raw) => {
    let failure: unknown;
    try {
      answerAs(shape, parseJson(raw), { ...from, raw });
    } catch (thrown) {
      failure = thrown;
    }
    expect(failure).toBeInstanceOf(ConnectorError);
    expect(failure).toMatchObject({
      kind: 'bad-shape',
      raw,
      message: expect.stringContaining('The reply: the answer of'),
    });
  });

  it('that is no JSON is nothing, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => parseJson(`{${text}`) === undefined || text.includes('}')));
    expect(parseJson(undefined)).toBeUndefined();
  });
});
