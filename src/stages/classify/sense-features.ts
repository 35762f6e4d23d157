import type { Sense, Senses } from './senses.ts';
import { finish, KIND, kindOf, wordHash } from './units.ts';

const PAIR_SEED = 0x1b873593;
/** Endings under which a word stays the same word, where as much of it is left. */
const ENDING = /(?:'s|ings?|ed|es|s)$/;
const LEAST_STEM = 3;

/**
 * Tells what a text says and which two things it says near each other, in no order: "card declined" and "my purchase was
 * refused, though the card is new" have a pair in common that no run of words shows.
 *
 * @param reach how many words or senses back a pair goes
 */
export function senseFeatures(
  text: string,
  reach: number,
  senses: Senses | undefined,
  tell: (hash: number, start: number, end: number) => void,
): void {
  const before: Sense[] = [];
  const found = senses?.find(text) ?? [];
  for (const sense of found) if (sense.hash !== 0) tell(finish(sense.hash), sense.start, sense.end);
  for (const said of withWords(text, found)) {
    for (const other of before) tell(pairOf(other.hash, said.hash), other.start, said.end);
    before.push(said);
    if (before.length > reach) before.shift();
  }
}

function pairOf(one: number, other: number): number {
  const [less, more] = one < other ? [one, other] : [other, one];
  return finish(Math.imul(less, 0x27d4eb2f) ^ Math.imul(more, 0x165667b1) ^ PAIR_SEED);
}

/** Senses in order, with the words between them that the table does not know. */
function* withWords(text: string, found: readonly Sense[]): Generator<Sense> {
  let at = 0;
  for (const sense of [...found, undefined]) {
    yield* wordsOf(text, at, sense?.start ?? text.length);
    if (sense === undefined) return;
    if (sense.hash !== 0) yield sense;
    at = sense.end;
  }
}

function* wordsOf(text: string, from: number, to: number): Generator<Sense> {
  for (let start = from; start < to; start++) {
    if (kindOf(text.charCodeAt(start)) !== KIND.word) continue;
    let end = start + 1;
    while (end < to && kindOf(text.charCodeAt(end)) === KIND.word) end++;
    yield { hash: stemHash(text, start, end), start, end };
    start = end;
  }
}

function stemHash(text: string, start: number, end: number): number {
  const ending = ENDING.exec(text.slice(start, end))?.[0].length ?? 0;
  return wordHash(text, start, end - start - ending >= LEAST_STEM ? end - ending : end);
}
