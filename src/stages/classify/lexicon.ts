import { createHash } from 'node:crypto';
import { Automaton } from './automaton.ts';
import { fold } from './fold.ts';
import type { LexiconFile } from './lexicon-file.ts';

export type Turn = 'negation' | 'past' | 'resolved' | 'reported' | 'supposed';

/** A phrase of a team for a problem type. */
export interface OwnEntry {
  phrase: string;
  problemType: string;
  weight: number;
  /** What it adds to the log-odds of its type, whatever a model has learned of phrases. */
  odds: number;
}

/** What a phrase says when it is found. `odds` as in `OwnEntry`. */
export type Meaning =
  | { of: 'type'; name: string; weight: number; odds?: number }
  | { of: 'urgent' | 'pressing' | 'scam'; name: string; weight: number; reason: string }
  | { of: 'turn'; name: Turn; weight: number }
  | { of: 'sentiment'; name: 'positive' | 'negative'; weight: number };

/** A phrase found in a folded text, with its offsets there. */
export interface Hit {
  meaning: Meaning;
  start: number;
  end: number;
}

/** The longest gap that `..` in a phrase stands for, in folded units. */
const GAP_LATIN = 36;
const GAP_CHINESE = 10;
const SENTENCE_END = /[.!?。！？;；]/;

interface Rule {
  meaning: Meaning;
  /** Part ids in order; more than one where the phrase has gaps. */
  parts: number[];
  gap: number;
}

const isWordUnit = (unit: number) => (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit === 39;
const isLatin = (unit: number) => (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);

/** All phrases of all languages, matched in one pass. */
export class Lexicon {
  /** Changes when any phrase changes. */
  readonly version: string;
  /** Problem types that some phrase speaks for. */
  readonly types: readonly string[];
  readonly products: readonly string[];
  /** Regional words as the files write them. */
  readonly regional: Readonly<Record<string, string>>;
  /** Every phrase that speaks for a problem type, as a file writes it. */
  readonly phrases: readonly { phrase: string; type: string; weight: number }[];
  private readonly rules: Rule[] = [];
  private readonly parts: string[] = [];
  private readonly prefix: boolean[] = [];
  /** Part id → rules it takes part in, with its place there. */
  private readonly uses: { rule: Rule; place: number }[][] = [];
  private readonly automaton: Automaton;

  /** @param own phrases of a team, beside those of the files */
  constructor(files: readonly LexiconFile[], own: readonly OwnEntry[] = []) {
    const known = new Map<string, number>();
    const all: [string, Meaning][] = [
      ...files.flatMap((file) => [...phrasesOf(file)]),
      ...own.map(({ phrase, problemType: name, weight, odds }): [string, Meaning] => [
        phrase,
        { of: 'type', name, weight, odds },
      ]),
    ];
    for (const [phrase, meaning] of all) this.add(phrase, meaning, known);
    this.phrases = all.flatMap(([phrase, { of, name, weight }]) =>
      of === 'type' ? [{ phrase, type: name, weight }] : [],
    );
    this.automaton = new Automaton(this.parts);
    this.types = [...new Set(files.flatMap((file) => Object.keys(file.types)))].sort();
    this.products = [...new Set(files.flatMap((file) => file.products))];
    this.regional = Object.assign({}, ...files.map((file) => file.regional));
    this.version = createHash('sha256')
      .update(JSON.stringify(own.length > 0 ? [files, own] : files))
      .digest('hex')
      .slice(0, 8);
  }

  /** Every phrase in a folded text, shorter ones of the same meaning inside longer ones left out, in order. */
  find(text: string): Hit[] {
    const hits: Hit[] = [];
    const open = new Map<Rule, { place: number; start: number; end: number }>();
    this.automaton.scan(text, (part, start, end) => {
      if (!this.standsAlone(text, part, start, end)) return;
      for (const { rule, place } of this.uses[part] as { rule: Rule; place: number }[]) {
        if (rule.parts.length === 1) hits.push({ meaning: rule.meaning, start, end });
        else advance(rule, place, start, end, text, open, hits);
      }
    });
    return withoutNested(hits);
  }

  private add(phrase: string, meaning: Meaning, known: Map<string, number>): void {
    const parts = phrase.split(/\s*\.\.\s*/).map((piece) => this.part(piece, known));
    const latin = /[a-z]/i.test(phrase);
    const rule: Rule = { meaning, parts, gap: latin ? GAP_LATIN : GAP_CHINESE };
    this.rules.push(rule);
    for (const [place, id] of parts.entries()) this.uses[id]?.push({ rule, place });
  }

  private part(piece: string, known: Map<string, number>): number {
    const prefix = piece.endsWith('*');
    const text = fold(prefix ? piece.slice(0, -1) : piece).text.trim();
    if (!text) throw new Error(`The lexicon holds a phrase with an empty part: "${piece}".`);
    const key = `${text}${prefix ? '*' : ''}`;
    let id = known.get(key);
    if (id === undefined) {
      id = this.parts.push(text) - 1;
      this.prefix.push(prefix);
      this.uses.push([]);
      known.set(key, id);
    }
    return id;
  }

  /** Latin phrases match whole words: "fee" is not in "coffee". Chinese has no such edges. */
  private standsAlone(text: string, part: number, start: number, end: number): boolean {
    if (isLatin(text.charCodeAt(start)) && start > 0 && isWordUnit(text.charCodeAt(start - 1))) return false;
    if (this.prefix[part] || end === text.length) return true;
    return !(isLatin(text.charCodeAt(end - 1)) && isLatin(text.charCodeAt(end)));
  }
}

function* phrasesOf(file: LexiconFile): Generator<[string, Meaning]> {
  for (const [name, byWeight] of Object.entries(file.types))
    for (const [weight, phrases] of Object.entries(byWeight))
      for (const phrase of phrases) yield [phrase, { of: 'type', name, weight: Number(weight) }];
  for (const group of ['urgent', 'pressing', 'scam'] as const)
    for (const [name, { reason, weight, phrases }] of Object.entries(file[group]))
      for (const phrase of phrases) yield [phrase, { of: group, name, weight, reason }];
  for (const [name, phrases] of Object.entries(file.turns) as [Turn, string[]][])
    for (const phrase of phrases) yield [phrase, { of: 'turn', name, weight: 1 }];
  for (const [name, phrases] of Object.entries(file.sentiment) as ['positive' | 'negative', string[]][])
    for (const phrase of phrases) yield [phrase, { of: 'sentiment', name, weight: 1 }];
}

/** Carries a phrase with gaps one part further, when the part comes soon enough and in the same sentence. */
function advance(
  rule: Rule,
  place: number,
  start: number,
  end: number,
  text: string,
  open: Map<Rule, { place: number; start: number; end: number }>,
  hits: Hit[],
): void {
  if (place === 0) {
    open.set(rule, { place: 0, start, end });
    return;
  }
  const begun = open.get(rule);
  if (begun?.place !== place - 1 || start < begun.end || start - begun.end > rule.gap) return;
  if (SENTENCE_END.test(text.slice(begun.end, start))) return;
  if (place < rule.parts.length - 1) {
    open.set(rule, { place, start: begun.start, end });
    return;
  }
  open.delete(rule);
  hits.push({ meaning: rule.meaning, start: begun.start, end });
}

function withoutNested(hits: Hit[]): Hit[] {
  const sorted = hits.sort((a, b) => a.start - b.start || b.end - a.end || b.meaning.weight - a.meaning.weight);
  const reach = new Map<string, number>();
  return sorted.filter(({ meaning, end }) => {
    const key = `${meaning.of} ${meaning.name}`;
    if (end <= (reach.get(key) ?? -1)) return false;
    reach.set(key, end);
    return true;
  });
}
