import type { Evidence } from '../../core/nouns.ts';
import { type Folded, originalSpan } from './fold.ts';
import type { Scorer } from './model.ts';

/** How many spans of the model are shown at most, and which part of all that spoke for the verdict they should cover. */
const MOST_SPANS = 4;
const COVER = 0.6;

interface Word {
  from: number;
  to: number;
  weight: number;
}

/**
 * The spans whose features did most for `label` against `against` in the text that `scorer` read last: contributions are
 * summed by word (by character in Chinese), the best are taken until they cover most of the sum, neighbours are joined.
 */
export function modelEvidence(scorer: Scorer, view: Folded, label: number, against: number, unit: number): Word[] {
  const perUnit = new Float64Array(view.text.length);
  scorer.contributions(label, against, (start, end, weight) => {
    const each = weight / Math.max(1, end - start);
    for (let i = start; i < end; i++) perUnit[i] = (perUnit[i] as number) + each;
  });
  const words = wordsOf(view.text, perUnit).filter(({ weight }) => weight > 0);
  words.sort((a, b) => b.weight - a.weight || a.from - b.from);
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  const taken: Word[] = [];
  let covered = 0;
  for (const word of words) {
    if (covered >= total * COVER) break;
    join(taken, { ...word, weight: word.weight / unit });
    if (taken.length > MOST_SPANS) {
      taken.pop();
      break;
    }
    covered += word.weight;
  }
  return taken.sort((a, b) => b.weight - a.weight);
}

const WORD =
  /[\p{Script=Latin}\p{N}']+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[!?]+|\p{Extended_Pictographic}/gu;

function wordsOf(text: string, perUnit: Float64Array): Word[] {
  return [...text.matchAll(WORD)].map((match) => {
    const to = match.index + match[0].length;
    let weight = 0;
    for (let i = match.index; i < to; i++) weight += perUnit[i] as number;
    return { from: match.index, to, weight };
  });
}

/** Adds a word, joined with those that touch it or stand one space away. */
function join(spans: Word[], word: Word): void {
  let joined = word;
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i] as Word;
    if (span.from <= joined.to + 1 && joined.from <= span.to + 1) {
      joined = {
        from: Math.min(span.from, joined.from),
        to: Math.max(span.to, joined.to),
        weight: span.weight + joined.weight,
      };
      spans.splice(i, 1);
    }
  }
  spans.push(joined);
}

/** A span of folded text as evidence in the original. */
export function asEvidence(
  original: string,
  folded: Folded,
  { from, to }: { from: number; to: number },
  verdict: Pick<Evidence, 'voice' | 'weight' | 'speaksFor'>,
): Evidence {
  const { start, end } = originalSpan(folded, from, to);
  return { text: original.slice(start, end), start, end, ...verdict, weight: Math.round(verdict.weight * 1000) / 1000 };
}
