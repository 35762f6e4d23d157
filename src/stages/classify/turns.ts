import type { Hit, Turn } from './lexicon.ts';

/** Where sentences of a folded text end. Commas part clauses only. */
const SENTENCE = /[.!?。！？;；\n]+/g;
const CLAUSE = /[,，、.!?。！？;；:：]|\b(?:but|and|so|because|then)\b|但是|但|可是|所以|然后|而且/g;

export interface Range {
  from: number;
  to: number;
}

/** The piece between two matches of `pattern` that holds `at`. */
function pieceAround(text: string, at: number, pattern: RegExp): Range {
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index >= at) return { from, to: match.index };
    from = match.index + match[0].length;
  }
  return { from, to: text.length };
}

export const sentenceAround = (text: string, at: number): Range => pieceAround(text, at, SENTENCE);
export const clauseAround = (text: string, at: number): Range => pieceAround(text, at, CLAUSE);

const inside = ({ from, to }: Range, { start, end }: Hit) => start >= from && end <= to;

/** Turning words near a hit, by nearness: negations just before it, the others in its sentence, "resolved" anywhere after. */
export function turnsNear(text: string, hit: Hit, hits: readonly Hit[]): Set<Turn> {
  const sentence = sentenceAround(text, hit.start);
  const clause = clauseAround(text, hit.start);
  const found = new Set<Turn>();
  for (const other of hits) {
    if (other.meaning.of !== 'turn' || (other.start >= hit.start && other.end <= hit.end)) continue;
    const { name } = other.meaning;
    if (name === 'resolved' ? other.start >= sentence.from : inside(sentence, other)) {
      if (name !== 'negation') found.add(name);
      else if (other.end <= hit.start && other.start >= clause.from) found.add(name);
    }
  }
  return found;
}
