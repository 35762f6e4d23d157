import { oddsOf, saidBy } from './explain.ts';
import type { Folded } from './fold.ts';
import type { Hit } from './lexicon.ts';
import type { Scorer } from './model.ts';
import { signsOf } from './signs.ts';
import { sentencesOf } from './turns.ts';
import type { View } from './view.ts';

/** A sentence shorter than this, in folded units, names no problem of its own ("Why?"); a Chinese one is shorter by half. */
const SHORTEST = 16;
/** So many sentences are read one by one: who writes more speaks of the same again. */
const MOST_SENTENCES = 8;
/** A sentence speaks for a type of its own when it is this sure of it. */
const SURE = 0.5;

/**
 * How sure some sentence, read by itself, is of each label; 0 where none is. The post as a whole has one problem type;
 * what single sentences add to it are further problems. Empty for posts of one sentence.
 */
export function spokenBySentences(scorer: Scorer, view: View, folded: Folded, hits: readonly Hit[]): Float64Array {
  const { labels } = scorer.model.head;
  const most = new Float64Array(labels.length);
  const sentences = sentencesOf(folded.text).filter(
    ({ from, to }) => lengthOf(folded.text.slice(from, to)) >= SHORTEST,
  );
  if (sentences.length < 2) return most;
  for (const { from, to } of sentences.slice(0, MOST_SENTENCES)) {
    const piece = {
      text: folded.text.slice(from, to),
      starts: folded.starts.subarray(from, to),
      ends: folded.ends.subarray(from, to),
    };
    const inside = hits.filter(({ start, end }) => start >= from && end <= to);
    const odds = oddsOf(scorer, view.hide(piece), saidBy(inside, 0, labels), signsOf(piece.text, inside, 0));
    const top = odds.indexOf(Math.max(...odds));
    const sure = odds[top] as number;
    if (sure >= SURE) most[top] = Math.max(most[top] as number, sure);
  }
  return most;
}

function lengthOf(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) length += text.charCodeAt(i) >= 0x3000 ? 2 : 1;
  return length;
}
