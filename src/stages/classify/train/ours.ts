import { fold } from '../fold.ts';
import type { Lexicon } from '../lexicon.ts';
import { pointsOf } from '../points.ts';
import { readScam } from '../scam.ts';
import { foldedPairs, makeView } from '../view.ts';
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
export function optionsFor(lexicon: Lexicon, brandNames: readonly string[] = []): TrainOptions {
  const view = makeView({ regional: foldedPairs(lexicon.regional) });
  return {
    hide: [...brandNames, ...lexicon.products],
    regional: { ...lexicon.regional },
    hints: hintsOf(lexicon),
    lexiconPoints(text, labels) {
      const folded = view.common(fold(text));
      const hits = lexicon.find(folded.text);
      return pointsOf(hits, readScam(folded, hits).score, labels);
    },
  };
}
