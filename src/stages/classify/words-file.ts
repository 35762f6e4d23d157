import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dictionary, dictionaryOf } from './segment.ts';
import { hashOfWord, type VectorTable } from './word-vectors.ts';

/** What is known of words before anything is learned. */
export interface Words {
  /** English words as points. */
  wordVectors: VectorTable;
  /** Chinese words, and how common each is. */
  dictionary: Dictionary;
}

/**
 * Reads `words/` of a data folder: `english.txt`, one word a line, `english.bin`, as many steps from -127 to 127 for each of
 * them in turn, and `chinese.txt`, a word and how often it was counted in each line.
 * @throws Error when a file is missing, or is not as it should be, in words that name it.
 */
export async function readWords(dir: string): Promise<Words> {
  const [english, points, chinese] = await Promise.all([
    readFile(join(dir, 'english.txt'), 'utf8'),
    readFile(join(dir, 'english.bin')),
    readFile(join(dir, 'chinese.txt'), 'utf8'),
  ]);
  const list = english.trim().split('\n');
  const dims = points.length / list.length;
  if (!Number.isInteger(dims) || dims === 0)
    throw new Error(
      `${dir} cannot be used: ${points.length} bytes in english.bin are no whole number for each of ${list.length} words in english.txt. Take both files from the same release.`,
    );
  const counts = chinese
    .trim()
    .split('\n')
    .map((line) => countOf(line, join(dir, 'chinese.txt')));
  return {
    wordVectors: { dims, hashes: Uint32Array.from(list, hashOfWord), values: new Int8Array(points) },
    dictionary: dictionaryOf(counts),
  };
}

function countOf(line: string, file: string): [string, number] {
  const [word = '', count = ''] = line.split(' ');
  if (word === '' || !/^[1-9]\d*$/.test(count))
    throw new Error(`${file} cannot be used: "${line}" is no word with a number behind it.`);
  return [word, Number(count)];
}
