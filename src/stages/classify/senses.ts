import { Automaton } from './automaton.ts';
import { fold } from './fold.ts';
import { KIND, kindOf } from './units.ts';

/** What is said → the words that say it, in any language. `refus*` is every word that begins so. */
export type SenseTable = Readonly<Record<string, readonly string[]>>;

/** Words under this name say nothing by themselves: they are passed over. */
export const SAYS_NOTHING = '-';

/** A stretch of folded text that says something the table knows. */
export interface Sense {
  /** 0 for what says nothing. */
  hash: number;
  start: number;
  end: number;
}

const SEED = 0x2545f491;
const isWord = (text: string, at: number) => at >= 0 && at < text.length && kindOf(text.charCodeAt(at)) === KIND.word;

/**
 * Finds what is said, by whatever word: "declined", "bounced" and "被拒" are one. So what a model learned of one of them it
 * knows of all, in both languages.
 */
export class Senses {
  private readonly automaton: Automaton;
  /** Per word of the table: the sense it says, and whether longer words say it too. */
  private readonly words: { hash: number; prefix: boolean }[] = [];

  constructor(table: SenseTable) {
    const parts = new Map<string, string>();
    for (const [name, words] of Object.entries(table)) {
      const hash = hashOf(name);
      for (const word of words) {
        const prefix = word.endsWith('*');
        const text = fold(prefix ? word.slice(0, -1) : word).text.trim();
        const key = `${text}${prefix ? '*' : ''}`;
        if (text === '' || parts.has(key)) continue;
        parts.set(key, text);
        this.words.push({ hash, prefix });
      }
    }
    this.automaton = new Automaton([...parts.values()]);
  }

  /** What a folded text says, from left to right; of two that overlap the one that begins first, then the longer. */
  find(text: string): Sense[] {
    const longest = new Map<number, Sense>();
    this.automaton.scan(text, (part, start, end) => {
      const { hash, prefix } = this.words[part] as { hash: number; prefix: boolean };
      let to = end;
      if (isWord(text, start) && isWord(text, start - 1)) return;
      if (isWord(text, end - 1) && isWord(text, end)) {
        if (!prefix) return;
        while (isWord(text, to)) to++;
      }
      if ((longest.get(start)?.end ?? 0) < to) longest.set(start, { hash, start, end: to });
    });
    let reach = 0;
    return [...longest.values()]
      .sort((a, b) => a.start - b.start)
      .filter(({ start, end }) => {
        if (start < reach) return false;
        reach = end;
        return true;
      });
  }
}

function hashOf(name: string): number {
  if (name === SAYS_NOTHING) return 0;
  let hash = SEED;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 1;
}
