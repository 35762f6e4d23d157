import { type Folded, fold, type Replacement, replaceRanges } from './fold.ts';

/** Stands for a product's name, link, handle or address: the model reads around it and never learns it. */
export const HIDDEN = '\ue000';

/** What is replaced before a model looks at a text. */
export interface ViewOptions {
  /** Names of brands and products. */
  names?: readonly string[] | undefined;
  /** Regional words and what they are called in the training language: 储值 → 充值. */
  regional?: ReadonlyMap<string, string> | undefined;
}

const ADDRESSES = String.raw`https?:\/\/\S+|\bww\.\S+|[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,100}\.[a-z]{2,}|[@#][\p{L}\p{N}_]+|\b[a-z0-9-]{1,63}\.(?:com|org|net|io|cn|xyz|top|app)\b(?:\/\S*)?`;

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Matches any of the names in folded text: at word edges in Latin letters, anywhere in Chinese. */
export function namesPattern(names: readonly string[]): string {
  const folded = [...new Set(names.map((name) => fold(name).text.trim()).filter(Boolean))].sort(
    (a, b) => b.length - a.length,
  );
  return folded
    .map(
      (name) =>
        `${/^[a-z0-9]/.test(name) ? '(?<![a-z0-9])' : ''}${literally(name)}${/[a-z0-9]$/.test(name) ? '(?![a-z0-9])' : ''}`,
    )
    .join('|');
}

/** A table of words as `regional` wants it: both sides folded. */
export function foldedPairs(table: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(table).map(([from, to]) => [fold(from).text, fold(to).text]));
}

/** Makes the two steps from a folded text to what the voices read. Patterns are compiled once. */
export function makeView({ names = [], regional = new Map() }: ViewOptions = {}): View {
  const own = namesPattern(names);
  const hidden = new RegExp(`(${own ? `${own}|` : ''}${ADDRESSES})|(\\d[\\d.,:]*\\d|\\d)`, 'gu');
  const words = [...regional.keys()]
    .sort((a, b) => b.length - a.length)
    .map(literally)
    .join('|');
  const region = words ? new RegExp(words, 'gu') : undefined;
  return {
    common: (folded) => (region ? replaceAll(folded, region, (match) => regional.get(match[0]) as string) : folded),
    hide: (folded) => replaceAll(folded, hidden, (match) => (match[1] === undefined ? '0' : HIDDEN)),
  };
}

/** The two steps: regional words in the common ones, for lexicon and model; then names and numbers hidden, for the model. */
export interface View {
  common(folded: Folded): Folded;
  hide(folded: Folded): Folded;
}

function replaceAll(folded: Folded, pattern: RegExp, by: (match: RegExpMatchArray) => string): Folded {
  const replacements: Replacement[] = [];
  for (const match of folded.text.matchAll(pattern)) {
    const from = match.index;
    const replacement = by(match);
    if (replacement !== match[0]) replacements.push({ from, to: from + match[0].length, by: replacement });
  }
  return replaceRanges(folded, replacements);
}
