import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Evidence, isFaint, masked, type Personal, piecesOf, strongestOf } from './spans.ts';

const spoken = (start: number, end: number, more: Partial<Evidence> = {}): Evidence => ({
  text: '',
  start,
  end,
  voice: 'lexicon',
  weight: 1,
  speaksFor: 'fees',
  ...more,
});
const card = (start: number, end: number): Personal => ({ kind: 'card-number', start, end });
const span = fc.record({ start: fc.integer({ min: -3, max: 50 }), end: fc.integer({ min: -3, max: 50 }) });

describe('cutting a text at its evidence', () => {
  test('any spans, overlapping or wrong, give the text again when put together', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.array(span),
        fc.array(span),
        (text, said, hidden) => {
          const pieces = piecesOf(
            text,
            said.map(({ start, end }) => spoken(start, end)),
            hidden.map(({ start, end }) => card(start, end)),
          );
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
          for (const piece of pieces) expect(piece.end).toBeGreaterThan(piece.start);
        },
      ),
    );
  });

  test('overlapping evidence is told apart', () => {
    const pieces = piecesOf('top-up failed', [spoken(0, 6), spoken(4, 13, { speaksFor: 'app-bug' })], []);
    expect(pieces.map(({ text, evidence }) => [text, evidence.length])).toEqual([
      ['top-', 1],
      ['up', 2],
      [' failed', 1],
    ]);
  });

  test('personal data stays in one piece, so that evidence inside it shows nothing of it', () => {
    const pieces = piecesOf('card 4111 1111 1111 1111', [spoken(5, 9)], [card(5, 24)]);
    expect(pieces.map(({ text, personal }) => [text, personal?.kind])).toEqual([
      ['card ', undefined],
      ['4111 1111 1111 1111', 'card-number'],
    ]);
  });
});

describe('masking', () => {
  test('never shows more than the last two characters', () => {
    expect(masked('4111 1111 1111 1111')).toBe('••••11');
    expect(masked('123456')).toBe('••••');
    fc.assert(fc.property(fc.string(), (text) => [...masked(text).replaceAll('•', '')].length <= 2));
  });
});

test('a small weight of the model is faint beside a large one; a keyword never is', () => {
  const strong = spoken(0, 1, { voice: 'model', weight: 4 });
  const weak = spoken(2, 3, { voice: 'model', weight: 1 });
  const strongest = strongestOf([strong, weak]);
  const [first, , second] = piecesOf('abc', [strong, weak], []);
  expect(first && isFaint(first, strongest)).toBe(false);
  expect(second && isFaint(second, strongest)).toBe(true);
  const [word] = piecesOf('a', [spoken(0, 1, { weight: 0.1 })], []);
  expect(word && isFaint(word, strongest)).toBe(false);
});
