import type { Evidence } from '../../core/nouns.ts';
import { type Folded, originalSpan } from './fold.ts';
import type { Scorer } from './model.ts';

/** How many spans of the model are shown at most, and which part of all that spoke for the verdict they should cover. */
const MOST_SPANS = 4;
const COVER = 0.7;

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
  const total = words.reduce((whole, { weight }) => whole + weight, 0);
  const taken: Word[] = [];
  let covered = 0;
  for (const word of words) {
    if (covered >= total * COVER) break;
    join(taken, { ...word, weight: word.weight / unit }, view.text);
    if (taken.length > MOST_SPANS) {
      taken.pop();
      break;
    }
    covered += word.weight;
  }
  return taken.sort((a, b) => b.weight - a.weight);
}

const WORD =
  /[\p{Script=Latin}\p{N}']+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[!?]+|\p{Extended_Pictographic}/gu;
const LATIN = /^[\p{Script=Latin}\p{N}'!?]/u;

/** Words as they stand; of Chinese, the stretches that spoke for the verdict. */
function wordsOf(text: string, perUnit: Float64Array): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const from = match.index;
    const to = from + match[0].length;
    if (LATIN.test(match[0])) words.push({ from, to, weight: sum(perUnit, from, to) });
    else words.push(...stretches(perUnit, from, to));
  }
  return words;
}

/** Maximal runs of units that spoke for the verdict, those that hardly did left out. */
function stretches(perUnit: Float64Array, from: number, to: number): Word[] {
  const strongest = perUnit.subarray(from, to).reduce((most, weight) => Math.max(most, weight), 0);
  const runs: Word[] = [];
  for (let at = from; at < to; at++) {
    if ((perUnit[at] as number) <= strongest * 0.15) continue;
    let end = at + 1;
    while (end < to && (perUnit[end] as number) > strongest * 0.15) end++;
    runs.push({ from: at, to: end, weight: sum(perUnit, at, end) });
    at = end;
  }
  return runs;
}

function sum(weights: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += weights[i] as number;
  return total;
}

/** Adds a word, joined with those that touch it or stand a space away. */
function join(spans: Word[], word: Word, text: string): void {
  const near = (end: number, start: number) => start <= end || (start === end + 1 && text[end] === ' ');
  let joined = word;
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i] as Word;
    if (near(joined.to, span.from) && near(span.to, joined.from)) {
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

/** The view with everything blanked that lies in a span of the evidence; offsets stay. */
export function withoutEvidence(view: Folded, evidence: readonly Evidence[]): Folded {
  let text = '';
  for (let i = 0; i < view.text.length; i++) {
    text += overlaps(evidence, view.starts[i] as number, view.ends[i] as number) ? ' ' : view.text[i];
  }
  return { ...view, text };
}

/** Does a range of the original touch any span of the evidence? */
export function overlaps(evidence: readonly Evidence[], start: number, end: number): boolean {
  return evidence.some((span) => span.start < end && start < span.end);
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
