import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/stages/classify/fold.ts';
import type { Example } from '../../src/stages/classify/index.ts';
import { DATA } from './shipped.ts';

const read = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Example);
/** Those that are learned and those that never are. */
const EXAMPLES = ['examples', 'held-out'].flatMap((folder) =>
  readdirSync(join(DATA, folder))
    .sort()
    .flatMap((name) => read(join(DATA, folder, name))),
);

/** Pieces of a text that say nearly the same when most of them are the same: three Chinese characters, five letters. */
function piecesOf(text: string): Set<string> {
  const plain = fold(text).text.replace(/\s+/g, '');
  const size = /\p{Script=Han}/u.test(plain) ? 3 : 5;
  return new Set(Array.from({ length: Math.max(1, plain.length - size + 1) }, (_, at) => plain.slice(at, at + size)));
}

/** Pieces so common are no sign of a copy, and the pairs would be too many. */
const COMMON = 200;
const PIECES = EXAMPLES.map(({ text }) => piecesOf(text));
const HOLDERS = new Map<string, number[]>();
for (const [number, pieces] of PIECES.entries())
  for (const piece of pieces) {
    const holders = HOLDERS.get(piece);
    if (holders) holders.push(number);
    else HOLDERS.set(piece, [number]);
  }

/**
 * Examples that share at least this part of all pieces with a text. Whoever shares so many holds at least one of the text's
 * rarest, of which few have to be looked at; those alone are compared whole.
 */
function nearTo(pieces: Set<string>, share: number): number[] {
  const rarest = [...pieces]
    .map((piece) => HOLDERS.get(piece) ?? [])
    .sort((a, b) => a.length - b.length)
    .slice(0, Math.floor((1 - share) * pieces.size) + 1);
  const candidates = new Set(rarest.filter((holders) => holders.length < COMMON).flat());
  const telling = (piece: string) => (HOLDERS.get(piece) as number[]).length < COMMON;
  return [...candidates].filter((number) => {
    const theirs = PIECES[number] as Set<string>;
    const [fewer, more] = pieces.size < theirs.size ? [pieces, theirs] : [theirs, pieces];
    if (fewer.size / more.size < share) return false;
    let same = 0;
    for (const piece of fewer) if (more.has(piece) && telling(piece)) same++;
    return same / (fewer.size + more.size - same) >= share;
  });
}

describe('labelled examples', () => {
  test('nobody is measured by what another author nearly wrote', () => {
    const copies = PIECES.flatMap((pieces, number) =>
      nearTo(pieces, 0.75)
        .filter((other) => other < number && EXAMPLES[other]?.author !== EXAMPLES[number]?.author)
        .map((other) => `${EXAMPLES[number]?.text} ~ ${EXAMPLES[other]?.text}`),
    );
    expect(copies).toEqual([]);
  });

  test('posts that tests are measured on are not among them', () => {
    const fixtures = readdirSync(join(import.meta.dirname, 'fixtures')).filter((name) => name.endsWith('.jsonl'));
    const seen = fixtures
      .flatMap((name) => read(join(import.meta.dirname, 'fixtures', name)))
      .filter(({ text }) => nearTo(piecesOf(text), 0.6).length > 0)
      .map(({ text }) => text);
    expect(seen).toEqual([]);
  });

  test('no example is written in a register that the stand-in test keeps to itself', () => {
    const reserved = new Set(
      read(join(import.meta.dirname, 'fixtures', 'stand-in.jsonl')).map(({ register }) => register),
    );
    expect(reserved.size).toBeGreaterThan(10);
    expect(EXAMPLES.filter(({ register }) => reserved.has(register)).map(({ text }) => text)).toEqual([]);
  });

  test('every one says what it is, in which language, where and by whom', () => {
    for (const { text, label, lang, author, register } of EXAMPLES) {
      expect(text.trim()).not.toBe('');
      for (const said of [label, lang, author, register]) expect(said).toMatch(/^[\w-]+$/);
    }
  });
});
