import { createRequire } from 'node:module';
import type compromise from 'compromise';
import type { Turn } from './lexicon.ts';

type Nlp = typeof compromise;
type Rule = { match: ReturnType<Nlp['parseMatch']>; turn: Turn };

/**
 * The grammar voice: English only. It answers one question, whether what a phrase says is really said to be so, here and
 * now, by the author of themselves. It costs about a millisecond, so it is asked only where a turning word stands near.
 */
export interface Grammar {
  /** What turns the phrase from `start` to `end` of this English text, which should be no longer than a sentence or two. */
  turns(text: string, start: number, end: number): Set<Turn>;
}

/** What the parser reads at most, in UTF-16 units: its time grows with the text. */
export const GRAMMAR_CAP = 400;

const RULES: readonly [Turn, string][] = [
  [
    'negation',
    '#Negative (#Adverb|#Auxiliary|been|being|get|got|getting|be|have|had|ever|a|any|my)? (#Adverb|#Auxiliary|been|being|get|got)? (#Verb|#Noun|#Adjective)',
  ],
  ['negation', '(never|not|no|without|nobody) (#Adverb|been|being|got|any|ever|a|my)? (#Verb|#Noun|#Adjective)'],
  ['past', '(last|previous) (year|month|summer|winter|spring|autumn|fall|decade)'],
  ['past', '(#Value|few|couple|several|some|many|two|three) of? (year|years|month|months|weeks) (ago|back)'],
  ['past', '(ages|years|months|while) (ago|back)'],
  ['past', 'in (january|february|march|april|may|june|july|august|september|october|november|december)'],
  ['past', '(used to|back in|once|previously|formerly)'],
  ['past', 'in (2010|2011|2012|2013|2014|2015|2016|2017|2018|2019|2020|2021|2022|2023|2024)'],
  [
    'resolved',
    '(you|they|support|team|bank|it|that|everything|all|this|issue|problem) #Adverb? (#Copula|#Auxiliary|get|got|gets)? #Adverb? (fixed|resolved|sorted|solved|recovered|refunded|restored|returned)',
  ],
  ['resolved', '(got|have|had) (it|everything|all|my) (money|account|funds)? back'],
  ['supposed', '(if|unless|suppose|supposing|hypothetically) .{1,8}'],
  ['supposed', '(could|would|might|may) .{0,2} (get|be|have|been|become|happen)? #Adverb? #Verb'],
  ['supposed', '(how|what) (do|can|should|to|would) .{1,6} (prevent|avoid|protect|stop) .{0,6}'],
  ['supposed', '(prevent|avoid|against|afraid of|scared of|worried about|fear of) .{1,5}'],
  ['reported', '(i|we) (read|heard|saw|see) .{1,8}'],
  [
    'reported',
    '(people|they|everyone|someone|users|news|article|post|reddit|twitter) (say|says|said|claim|claims|claimed|report|reports|reported) .{0,10}',
  ],
  [
    'reported',
    '(my|a|her|his|their|our|some) #Adjective? (friend|mate|cousin|uncle|aunt|brother|sister|mother|mom|mum|father|dad|neighbour|neighbor|coworker|colleague|roommate|guy|lady|woman|man|user|customer) .{0,8}',
  ],
  ['reported', '(according to|reportedly|apparently) .{0,10}'],
];

let loaded: { nlp: Nlp; rules: Rule[] } | undefined;

/** In step and at first use: loading takes 0.15 s and 40 MB, and a run over Chinese posts never needs it. */
function load(): { nlp: Nlp; rules: Rule[] } {
  if (!loaded) {
    const nlp = createRequire(import.meta.url)('compromise') as Nlp;
    // Compiled once: a rule then costs 0.01 ms. (A net of rules, `sweep`, finds nothing in compromise 14.17.)
    loaded = { nlp, rules: RULES.map(([turn, match]) => ({ turn, match: nlp.parseMatch(match) })) };
  }
  return loaded;
}

interface Offset {
  start: number;
  length: number;
}

export const grammar: Grammar = {
  turns(text, start, end) {
    const { nlp, rules } = load();
    const from = Math.max(0, Math.min(start - GRAMMAR_CAP / 2, text.length - GRAMMAR_CAP));
    const doc = nlp(text.slice(from, from + GRAMMAR_CAP));
    const found = new Set<Turn>();
    for (const { turn, match } of rules) {
      if (found.has(turn)) continue;
      for (const { offset } of doc.match(match).json({ offset: true }) as { offset: Offset }[]) {
        const begins = from + offset.start;
        if (reaches(turn, begins, begins + offset.length, start, end)) found.add(turn);
      }
    }
    return found;
  },
};

/**
 * A negation or a condition counts where it runs into the phrase; a time or a settlement anywhere near it. What lies
 * wholly inside the phrase is part of what it says ("payments I didn't make").
 */
function reaches(turn: Turn, begins: number, ends: number, start: number, end: number): boolean {
  if (begins >= start && ends <= end) return false;
  if (turn === 'past' || turn === 'resolved') return true;
  return begins < start && ends > start - 2;
}
