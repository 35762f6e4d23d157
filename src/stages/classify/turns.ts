import type { Hit, Turn } from './lexicon.ts';

/** Where sentences of a folded text end. Commas part clauses only. */
const SENTENCE = /[.!?。！？;；\n]+/g;
const CLAUSE = /[,，、.!?。！？;；:：]|\b(?:but|and|so|because|then)\b|但是|但|可是|所以|然后|而且/g;

export interface Range {
  from: number;
  to: number;
}

/** The sentences of a folded text, in order. */
export function sentencesOf(text: string): Range[] {
  const sentences: Range[] = [];
  let from = 0;
  for (const { index, 0: mark } of text.matchAll(SENTENCE)) {
    sentences.push({ from, to: index });
    from = index + mark.length;
  }
  sentences.push({ from, to: text.length });
  return sentences;
}

/** A sentence is looked for this far around a phrase, in folded units. */
const WINDOW = 400;

/** The piece between two matches of `pattern` that holds `at`. */
function pieceAround(text: string, at: number, pattern: RegExp): Range {
  const begin = Math.max(0, at - WINDOW);
  const near = text.slice(begin, at + WINDOW);
  let from = begin;
  for (const match of near.matchAll(pattern)) {
    const found = begin + match.index;
    if (found >= at) return { from, to: found };
    from = found + match[0].length;
  }
  return { from, to: begin + near.length };
}

export const sentenceAround = (text: string, at: number): Range => pieceAround(text, at, SENTENCE);
export const clauseAround = (text: string, at: number): Range => pieceAround(text, at, CLAUSE);

/** How close before a Chinese phrase a negation must end to turn it, in folded units. */
const CHINESE_REACH = 3;
/** The author speaks of what is their own, whoever else the sentence names. */
const OWN = /\bmy (?:account|money|wallet|card|phone|balance|savings)\b|我的|我账|我号|我卡|我钱|我余额/;
const CHINESE = /\p{Script=Han}/u;

/**
 * Turning words near a hit: a negation that runs into it, past times in its clause, hearsay and conditions in its
 * sentence, a settlement anywhere from its sentence on. For English this is the cheap question before grammar is asked;
 * for Chinese it is the answer.
 */
export function turnsNear(text: string, hit: Hit, hits: readonly Hit[]): Set<Turn> {
  const found = new Set<Turn>();
  const sentence = sentenceAround(text, hit.start);
  const clause = clauseAround(text, hit.start);
  // The sentence, not the phrase: 12315 is a number that only Chinese posts complain to.
  const chinese = CHINESE.test(text.slice(sentence.from, sentence.to));
  for (const other of hits) {
    if (other.meaning.of !== 'turn' || (other.start >= hit.start && other.end <= hit.end)) continue;
    const { name } = other.meaning;
    if (found.has(name) || asksYesOrNo(text, other) || (chinese && threatens(text, other, hit))) continue;
    const stands = chinese
      ? standsInChinese(name, other, hit, sentence, clause)
      : standsInEnglish(name, other, hit, sentence, clause);
    if (stands) found.add(name);
  }
  if (chinese && OWN.test(text.slice(clause.from, clause.to))) found.delete('reported');
  return found;
}

/** 是不是, 有没有, 会不会: the negation between two equal characters makes a question. */
function asksYesOrNo(text: string, { start }: Hit): boolean {
  const middle = text[start];
  return (middle === '不' || middle === '没') && text[start - 1] !== undefined && text[start - 1] === text[start + 1];
}

/** 不退就法院见, 不然报警: what follows from a refusal is a threat, not its denial. */
function threatens(text: string, { meaning, end }: Hit, { start }: Hit): boolean {
  return meaning.name === 'negation' && end <= start && /就|^然|则/.test(text.slice(end, start));
}

function within({ from, to }: Range, { start, end }: Hit): boolean {
  return start >= from && end <= to;
}

function standsInEnglish(name: Turn, turn: Hit, hit: Hit, sentence: Range, clause: Range): boolean {
  if (name === 'resolved') return turn.start >= sentence.from;
  if (name === 'negation') return turn.end <= hit.start && turn.start >= clause.from;
  return within(sentence, turn);
}

/** Chinese puts what turns a phrase before it, negations right before it. */
function standsInChinese(name: Turn, turn: Hit, hit: Hit, sentence: Range, clause: Range): boolean {
  if (name === 'resolved') return turn.start >= sentence.from;
  if (turn.end > hit.start) return false;
  if (name === 'negation') return hit.start - turn.end <= CHINESE_REACH && turn.start >= clause.from;
  return within(name === 'past' ? clause : sentence, turn);
}
