import { fold } from './fold.ts';
import { Lexicon } from './lexicon.ts';
import type { LexiconFile } from './lexicon-file.ts';
import { foldedPairs, makeView } from './view.ts';

/** What a team says about one phrase of one problem type: another weight, not used, or a phrase of its own. */
export interface OwnPhrase {
  phrase: string;
  problemType: string;
  weight: number;
  /** Not used, also where it came along. */
  off: boolean;
}

/** A phrase that speaks for a problem type, as it came along. */
export interface ShippedPhrase {
  phrase: string;
  problemType: string;
  weight: number;
  language: LexiconFile['language'];
}

/** The same for every way to write a phrase: case, width and script make no other one. Empty: nothing could be found by it. */
export function phraseKey(phrase: string): string {
  const parts = phrase.split(/\s*\.\.\s*/).map((part) => {
    const prefix = part.endsWith('*');
    const text = fold(prefix ? part.slice(0, -1) : part).text.trim();
    return text && `${text}${prefix ? '*' : ''}`;
  });
  return parts.every(Boolean) ? parts.join(' .. ') : '';
}

export function languageOf(phrase: string): LexiconFile['language'] {
  return /\p{Script=Han}/u.test(phrase) ? 'zh' : 'en';
}

/** Every phrase of a type in lexicon files. */
export function shippedPhrases(files: readonly LexiconFile[]): ShippedPhrase[] {
  return files.flatMap(({ language, types }) =>
    Object.entries(types).flatMap(([problemType, byWeight]) =>
      Object.entries(byWeight).flatMap(([weight, phrases]) =>
        phrases.map((phrase) => ({ phrase, problemType, weight: Number(weight), language })),
      ),
    ),
  );
}

/**
 * What a phrase adds to the log-odds of its type, by its weight. Of the held-out posts that are sorted wrong, the right type
 * lies 1.8 below the first in half of them and 5.0 in nine of ten: so much a phrase must add that names the problem outright.
 */
const ODDS: Readonly<Record<number, number>> = { 1: 1.5, 2: 3, 3: 5 };

/** A model has learned a phrase that came along at the weight it came with: only what is more than that is added. */
const oddsOf = (weight: number, came = 0): number => Math.max(0, (ODDS[weight] ?? 0) - (ODDS[came] ?? 0));

/** A lexicon of files with a team's own phrases laid over them. Without any, the one of the files. */
export function lexiconWith(files: readonly LexiconFile[], own: readonly OwnPhrase[] = []): Lexicon {
  const said = new Map(own.filter(({ phrase }) => phraseKey(phrase) !== '').map((one) => [nameOf(one), one]));
  if (said.size === 0) return new Lexicon(files);
  const inCommonWords = commonWords(files);
  const came = new Map(shippedPhrases(files).map((one) => [nameOf(one), one.weight]));
  const used = [...said].filter(([, { off }]) => !off);
  return new Lexicon(
    files.map((file) => ({ ...file, types: withoutSaid(file.types, said) })),
    used.map(([name, { phrase, problemType, weight }]) => ({
      ...{ phrase: inCommonWords(phrase), problemType, weight },
      odds: oddsOf(weight, came.get(name)),
    })),
  );
}

/** A text is searched with its regional words replaced; so a phrase with one of them must be written the same way. */
function commonWords(files: readonly LexiconFile[]): (phrase: string) => string {
  const view = viewOf(files);
  const parts = (phrase: string) => phrase.split(/\s*\.\.\s*/);
  return (phrase) =>
    parts(phrase)
      .map((part) => view.common(fold(part)).text.trim())
      .join(' .. ');
}

const viewOf = (files: readonly LexiconFile[]) =>
  makeView({ regional: foldedPairs(Object.assign({}, ...files.map(({ regional }) => regional))) });

const nameOf = ({ problemType, phrase }: Pick<OwnPhrase, 'problemType' | 'phrase'>) =>
  `${problemType} ${phraseKey(phrase)}`;

function withoutSaid(types: LexiconFile['types'], said: ReadonlyMap<string, unknown>): LexiconFile['types'] {
  const kept = Object.entries(types).map(([problemType, byWeight]) => {
    const left = Object.entries(byWeight).map(([weight, phrases]) => [
      weight,
      phrases.filter((phrase) => !said.has(nameOf({ problemType, phrase }))),
    ]);
    return [problemType, Object.fromEntries(left)];
  });
  return Object.fromEntries(kept);
}

/** Finds which of some phrases stand in a text, read as sorting reads it: to try them out. */
export function phraseFinder(phrases: readonly string[], files: readonly LexiconFile[]): (text: string) => string[] {
  const inCommonWords = commonWords(files);
  const usable = phrases.filter((phrase) => phraseKey(phrase) !== '');
  const types = Object.fromEntries(usable.map((phrase) => [phrase, { '1': [inCommonWords(phrase)] }]));
  const turns = { negation: [], past: [], resolved: [], reported: [], supposed: [] };
  const sentiment = { positive: [], negative: [] };
  const nothing = { urgent: {}, pressing: {}, scam: {}, turns, sentiment, regional: {}, products: [] };
  const lexicon = new Lexicon([{ language: 'en', types, ...nothing }]);
  const view = viewOf(files);
  return (text) => {
    const hits = lexicon.find(view.common(fold(text)).text);
    return [...new Set(hits.map(({ meaning }) => meaning.name))];
  };
}
