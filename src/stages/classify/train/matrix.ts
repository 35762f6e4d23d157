import { FeatureList, type Reader, VIEW } from '../features.ts';
import type { Folded } from '../fold.ts';
import { emptyVector, Vectors } from '../vector.ts';
import { type VectorTable, WordVectors } from '../word-vectors.ts';

/** Texts as sparse rows of unit length, one after the other (CSR). */
export interface Matrix {
  texts: number;
  columns: number;
  /** `from[i]` up to `from[i + 1]` are the entries of text `i`. */
  from: Uint32Array;
  column: Int32Array;
  value: Float32Array;
}

/** The features that training keeps, and how telling each is. */
export interface Vocabulary {
  hashes: Uint32Array;
  idf: Float32Array;
}

/** Pairs of senses are so many that each must occur this often to be kept, where others need not occur once only. */
const SENSES_IN = 3;

/** Keeps the features that occur in at least `minTexts` texts, the most frequent `most` of them. */
export function buildVocabulary(
  views: readonly Folded[],
  read: Reader,
  minTexts: number,
  most: number,
  signs: readonly (readonly number[])[] = [],
): Vocabulary {
  const list = new FeatureList();
  const seenIn = new Map<number, number>();
  const texts = new Map<number, number>();
  const senses = new Set<number>();
  for (const [number, view] of views.entries()) {
    read(view.text, list);
    for (let i = 0; i < list.length; i++) {
      const hash = list.hashes[i] as number;
      if (seenIn.get(hash) === number) continue;
      seenIn.set(hash, number);
      texts.set(hash, (texts.get(hash) ?? 0) + 1);
      if (list.views[i] === VIEW.senses) senses.add(hash);
    }
    for (const sign of signs[number] ?? []) texts.set(sign, (texts.get(sign) ?? 0) + 1);
  }
  // Ties are settled by the hash, so that the same texts give the same rows.
  const kept = [...texts]
    .filter(([hash, count]) => count >= (minTexts > 1 && senses.has(hash) ? SENSES_IN : minTexts))
    .sort(([a, n], [b, m]) => m - n || a - b)
    .slice(0, most);
  return {
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    idf: Float32Array.from(kept, ([, count]) => 1 + Math.log((1 + views.length) / (1 + count))),
  };
}

/** The matrix of some texts over a vocabulary. */
export function buildMatrix(
  views: readonly Folded[],
  read: Reader,
  { hashes, idf }: Vocabulary,
  signs: readonly (readonly number[])[] = [],
  wordVectors?: VectorTable,
): Matrix {
  const list = new FeatureList();
  const vectors = new Vectors(hashes, idf);
  const vector = emptyVector();
  const words = wordVectors && new WordVectors(wordVectors);
  const from = new Uint32Array(views.length + 1);
  const columns: Int32Array[] = [];
  const values: Float32Array[] = [];
  let entries = 0;
  for (const [number, view] of views.entries()) {
    read(view.text, list);
    vectors.read(list, signs[number] ?? [], vector, words?.read(view.text));
    columns.push(vector.rows.slice(0, vector.length));
    values.push(vector.values.slice(0, vector.length));
    entries += vector.length;
    from[number + 1] = entries;
  }
  const matrix = {
    texts: views.length,
    columns: hashes.length + (wordVectors?.dims ?? 0),
    from,
    column: new Int32Array(entries),
    value: new Float32Array(entries),
  };
  for (let i = 0; i < views.length; i++) {
    matrix.column.set(columns[i] as Int32Array, from[i]);
    matrix.value.set(values[i] as Float32Array, from[i]);
  }
  return matrix;
}
