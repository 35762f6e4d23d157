import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replyLimitFor, xLength } from '#kit';
import { cpuTime } from './cpu-time.ts';

describe('length on X', () => {
  // Observed with the platform's own library (platform facts of 2026-11-22).
  it.each([
    ['a'.repeat(280), 280],
    ['汉'.repeat(140), 280],
    ['汉'.repeat(141), 282],
    ['👨‍👩‍👧‍👦', 2],
    ['你好 example.com', 28],
    ['https://example.com/a/very/long/path?with=query&and=more#fragment', 23],
    ['看https://example.com/去', 27],
    ['(https://example.com)', 25],
    ['http://example.com, then', 29],
    ['e\u0301', 1],
    ['한', 2],
    ['ｱ', 2],
    ['@tester_one hi', 14],
    ['someone@example.com', 19],
    ['#example.com', 12],
    ['v1.2.3 and 127.0.0.1', 20],
    ['', 0],
  ])('%s counts %i', (text, length) => expect(xLength(text)).toBe(length));

  it('counts 1 for Latin, Cyrillic and Arabic and 2 for Chinese, whatever the order', () => {
    const light = fc.constantFrom(...'abcXYZ019 ,!?äßжق–“');
    const heavy = fc.constantFrom(...'到账了吗帳號鎖定，。！？カ한');
    fc.assert(
      fc.property(fc.array(fc.oneof(light, heavy), { maxLength: 200 }), (characters) => {
        const expected = characters.reduce((sum, one) => sum + (/[a-zA-Z019 ,!?äßжق–“]/.test(one) ? 1 : 2), 0);
        expect(xLength(characters.join(''))).toBe(expected);
      }),
    );
  });

  it('counts 2 for any emoji the standard knows, joined ones and flags too', () => {
    const emoji = ['😭', '👍🏽', '🇨🇳', '👩‍💻', '❤️', '1️⃣', '🏴‍☠️'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...emoji), { maxLength: 50 }), (some) => {
        expect(xLength(some.join(' '))).toBe(some.length * 2 + Math.max(0, some.length - 1));
      }),
    );
  });

  it('counts 23 for any address, however long', () => {
    const label = fc.stringMatching(/^[a-z\d]{1,20}$/);
    const ending = fc.constantFrom('com', 'org', 'cn', 'io', 'help');
    const rest = fc.stringMatching(/^(\/[\w/-]{0,80})?(\?[\w=&-]{0,40})?$/);
    fc.assert(
      fc.property(label, ending, rest, (host, tld, path) => {
        expect(xLength(`https://${host}.${tld}${path} ok`)).toBe(26);
        expect(xLength(`看${host}.${tld}${path}，好`)).toBe(29);
      }),
    );
  });

  it('never shrinks when words are added, and is defined for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(xLength(`${one} ${other}`)).toBeGreaterThanOrEqual(xLength(one));
      }),
    );
  });

  it.each(['a.', 'a-', 'https://', '.', '@', '👨‍', 'x.com '])(
    'takes a long run of "%s" in its stride',
    async (piece) => {
      const text = piece.repeat(200_000 / piece.length);
      expect(await cpuTime(() => xLength(text))).toBeLessThan(3000);
    },
    60_000,
  );
});

it('every other platform counts UTF-16 units up to its own limit', () => {
  expect(replyLimitFor('discord').max).toBe(2000);
  expect(replyLimitFor('Telegram').max).toBe(4096);
  expect(replyLimitFor('reddit').max).toBe(10_000);
  expect(replyLimitFor('twitter').max).toBe(280);
  expect(replyLimitFor('a platform nobody knows').max).toBe(5000);
  expect(replyLimitFor('discord').lengthOf('到😭')).toBe(3);
});
