import { fold } from '../fold.ts';
import type { Lexicon } from '../lexicon.ts';
import { pointsOf } from '../points.ts';
import { readScam } from '../scam.ts';
import type { SenseTable } from '../senses.ts';
import { signsOf } from '../signs.ts';
import { foldedPairs, makeView } from '../view.ts';
import type { Words } from '../words-file.ts';
import type { Example } from './examples.ts';
import type { TrainOptions } from './fit.ts';

/** Phrases of at least this weight name a problem outright. */
const OUTRIGHT = 3;

/** Such phrases as tiny texts: they teach the model the words of problems that few examples have. */
function hintsOf({ phrases }: Lexicon): Example[] {
  return phrases
    .filter(({ weight }) => weight >= OUTRIGHT)
    .map(({ phrase, type }) => ({ text: phrase.replace(/\*$/, '').replace(/\s*\.\.\s*/g, ' '), label: type }));
}

/**
 * Training options for labels that a lexicon knows: its points take part in the calibration, the product names it lists
 * are hidden, regional words replaced.
 */
export function optionsFor(
  lexicon: Lexicon,
  senses: SenseTable,
  words: Words,
  brandNames: readonly string[] = [],
): TrainOptions {
  const view = makeView({ regional: foldedPairs(lexicon.regional) });
  const read = (text: string) => {
    const folded = view.common(fold(text));
    const hits = lexicon.find(folded.text);
    return { text: folded.text, hits, scam: readScam(folded, hits).score };
  };
  return {
    hide: [...brandNames, ...lexicon.products],
    regional: { ...lexicon.regional },
    senses,
    ...words,
    hints: hintsOf(lexicon),
    lexiconPoints(text, labels) {
      const { hits, scam } = read(text);
      return pointsOf(hits, scam, labels);
    },
    signs(text) {
      const folded = read(text);
      return signsOf(folded.text, folded.hits, folded.scam);
    },
  };
}
