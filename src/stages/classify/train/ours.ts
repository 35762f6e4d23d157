import { fold } from '../fold.ts';
import { HandleGuard } from '../handles.ts';
import type { Lexicon } from '../lexicon.ts';
import { pointsOf } from '../points.ts';
import { readScam } from '../scam.ts';
import { foldedPairs, makeView } from '../view.ts';
import type { TrainOptions } from './train.ts';

/**
 * Training options for labels that a lexicon knows: its points take part in the calibration, the product names it lists
 * are hidden, regional words replaced.
 */
export function optionsFor(lexicon: Lexicon, brandNames: readonly string[] = []): TrainOptions {
  const guard = new HandleGuard({ names: [], officialHandles: [] });
  const view = makeView({ regional: foldedPairs(lexicon.regional) });
  return {
    hide: [...brandNames, ...lexicon.products],
    regional: { ...lexicon.regional },
    lexiconPoints(text, labels) {
      const folded = view.common(fold(text));
      const hits = lexicon.find(folded.text);
      return pointsOf(hits, readScam(folded, hits, guard, undefined).fromText, labels);
    },
  };
}
