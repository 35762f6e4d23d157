import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLines } from '../../src/cli/read-lines.ts';
import { type Home, openHome, type Ran } from './support.ts';

let home: Home;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

describe('earshot classify --jsonl', () => {
  const texts = ['My top-up failed twice', '😀 密码忘了\u2028收不到验证码 😀 top-up failed', 'call me \u009b31m now'];
  const lines = [
    `\uFEFF${JSON.stringify({ text: texts[0] })}`,
    'no JSON',
    JSON.stringify({ text: texts[1], lang: 'zh' }),
    '',
    '{"text": 5}',
    'null',
    `${JSON.stringify({ text: texts[2] })}\r`,
    JSON.stringify({ text: '' }), // the last line, with no line feed
  ];
  let ran: Ran;
  beforeAll(async () => {
    ran = await home.run(['classify', '--jsonl'], { input: lines.join('\n') });
  });

  it('answers every line in its place, bad ones with an error', () => {
    expect(ran.code).toBe(0);
    expect(ran.json.map((answer) => ('error' in answer ? 'error' : 'verdict'))).toEqual([
      'verdict',
      'error',
      'verdict',
      'error',
      'error',
      'error',
      'verdict',
      'verdict',
    ]);
    expect(ran.json[1]).toEqual({ error: expect.stringContaining('not JSON') });
    expect(ran.json[4]).toEqual({ error: expect.stringContaining('"text"') });
  });

  it('has the fixed shape, and nothing else', () => {
    const [first] = ran.json;
    expect(Object.keys(first)).toEqual(['problemType', 'confidence', 'unsure', 'priority', 'lang', 'scam', 'evidence']);
    expect(first).toMatchObject({ problemType: 'top-up-failed', unsure: false, lang: 'en', scam: expect.any(Number) });
    expect(Object.keys(first.evidence[0])).toEqual(['text', 'start', 'end', 'voice', 'weight']);
  });

  it('counts spans in UTF-16 units of the text as it was given', () => {
    for (const [at, text] of [
      [0, texts[0]],
      [2, texts[1]],
      [6, texts[2]],
    ] as const) {
      const { evidence } = ran.json[at];
      if (at < 6) expect(evidence.length).toBeGreaterThan(0);
      for (const { text: words, start, end } of evidence) expect(text?.slice(start, end)).toBe(words);
    }
  });

  it('writes nothing that a terminal would obey', () => {
    expect(ran.out).not.toMatch(/[\u0080-\u009f\u2028\u202a-\u202e]/);
  });

  it('writes nothing to the data directory', async () => {
    await expect(home.run(['queue', '--json'])).resolves.toMatchObject({ code: 0, out: '' });
  });
});

describe('lines of standard input', () => {
  it('are the same however the bytes arrive', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\uFEFF]/g, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.integer({ min: 1, max: 7 }), async (written, step) => {
        const bytes = Buffer.from(`${written.join('\n')}\n`);
        const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) =>
          bytes.subarray(at * step, (at + 1) * step),
        );
        const read: string[] = [];
        for await (const one of readLines(inTurn(chunks))) read.push(one);
        expect(read).toEqual(written);
      }),
    );
  });
});

async function* inTurn(chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}
