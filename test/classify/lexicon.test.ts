import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Automaton } from '../../src/stages/classify/automaton.ts';
import { fold } from '../../src/stages/classify/fold.ts';
import { loadLexicon, loadProblemTypes } from '../../src/stages/classify/index.ts';
import { Lexicon } from '../../src/stages/classify/lexicon.ts';
import { parseLexicon } from '../../src/stages/classify/lexicon-file.ts';
import { DATA } from './shipped.ts';

test('the automaton finds what a search for each part would', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '我'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uniqueArray(letters, { minLength: 1, maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '我') }),
      (parts, text) => {
        const found: string[] = [];
        new Automaton(parts).scan(text, (part, start, end) => found.push(`${parts[part]} ${start} ${end}`));
        const expected = parts.flatMap((part) =>
          [...text].flatMap((_, at) => (text.startsWith(part, at) ? [`${part} ${at} ${at + part.length}`] : [])),
        );
        expect(found.sort()).toEqual(expected.sort());
      },
    ),
  );
});

const SMALL = `
language: en
types:
  fees: { 3: [hidden fee, 手续费], 1: [fee, refund*] }
  transfer: { 3: ["sent .. not arrived", "转给 .. 没到"] }
urgent: { theft: { reason: Says so, weight: 2, phrases: [stolen] } }
pressing: {}
scam: {}
turns: { negation: [no], past: [], resolved: [], reported: [], supposed: [] }
sentiment: { positive: [], negative: [] }
`;

describe('phrases', () => {
  const lexicon = new Lexicon([parseLexicon(SMALL, 'small.yml')]);
  const found = (text: string) => {
    const folded = fold(text).text;
    return lexicon.find(folded).map(({ meaning, start, end }) => `${meaning.name}: ${folded.slice(start, end)}`);
  };

  test.each([
    ['whole words in Latin letters', 'coffee fee', ['fees: fee']],
    ['anywhere in Chinese', '提现手续费太贵', ['fees: 手续费']],
    ['beginnings with a star', 'refunded', ['fees: refund']],
    ['the longest of the same meaning', 'a hidden fee', ['fees: hidden fee']],
    [
      'with a gap',
      'sent 50 to my landlord and it has not arrived',
      ['transfer: sent 50 to my landlord and it has not arrived'],
    ],
    ['with a gap in Chinese', '转给我妈的钱没到', ['transfer: 转给我妈的钱没到']],
    ['no gap over the end of a sentence', 'sent it. not arrived', []],
    ['no gap too wide', `sent ${'word '.repeat(20)}not arrived`, []],
    ['Traditional writers', '手續費', ['fees: 手续费']],
    ['full width', 'ＳＴＯＬＥＮ', ['theft: stolen']],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));

  test('a file with a mistake is refused by name and field', () => {
    expect(() => parseLexicon(SMALL.replace('weight: 2', 'weight: -2'), 'bad.yml')).toThrow(
      /bad\.yml.*\n.*urgent\.theft\.weight/s,
    );
  });
});

test('the shipped lexicon speaks for every problem type and for no other', async () => {
  const [lexicon, types] = await Promise.all([loadLexicon(DATA), loadProblemTypes(DATA)]);
  expect([...lexicon.types].sort()).toEqual(types.map(({ id }) => id).sort());
});
