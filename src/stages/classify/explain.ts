import type { Evidence } from '../../core/nouns.ts';
import { asEvidence, modelEvidence, overlaps, withoutEvidence } from './evidence.ts';
import { type Folded, originalSpan } from './fold.ts';
import type { Hit } from './lexicon.ts';
import { type Scorer, softmax } from './model.ts';
import { ownOddsOf, pointsOf, typeHits, worthOf } from './points.ts';
import type { PriorityReading } from './priority.ts';
import type { ScamReading } from './scam.ts';
import { signsOf } from './signs.ts';

/** A verdict of model and lexicon together. */
export interface Ranked {
  label: string;
  labelNumber: number;
  runnerUp: number;
  confidence: number;
  /** How likely the post is spam or a scam itself. */
  spam: number;
  unsure: boolean;
  others: { type: string; confidence: number }[];
}

/** What phrases say of each label: points, which a model weighs, and log-odds of a team's own, which stand as they are. */
export interface Said {
  points: Float64Array;
  own: Float64Array;
}

export function saidBy(hits: readonly Hit[], scam: number, labels: readonly string[]): Said {
  return { points: pointsOf(hits, scam, labels), own: ownOddsOf(hits, labels) };
}

/** Margins of the model and what phrases say, added and calibrated. */
export function oddsOf(scorer: Scorer, seen: Folded, { points, own }: Said, signs: readonly number[]): Float64Array {
  const { temperature, lexiconWeight } = scorer.model.head;
  const margins = scorer.margins(seen, signs);
  return softmax(
    margins.map((margin, i) => margin + lexiconWeight * (points[i] as number) + temperature * (own[i] as number)),
    temperature,
  );
}

/** So many spans of one voice for one thing are shown: a long post would drown the reader. */
const MOST_SPANS = 6;
/** How often more evidence is looked for when the verdict stands without what was found. */
const ROUNDS = 3;
/** Confidence that falls below this part of itself has lost its ground. */
const LOST = 0.6;

const strongest = (hits: readonly Hit[]) =>
  [...hits].sort((a, b) => b.meaning.weight - a.meaning.weight).slice(0, MOST_SPANS);

/**
 * What carried the verdict: the lexicon's phrases for it, and the words that moved the model. Found words are blanked and
 * the rest is judged again; while the verdict stands on the rest, more is looked for there.
 */
export function explain(
  text: string,
  folded: Folded,
  seen: Folded,
  scorer: Scorer,
  ranked: Ranked,
  hits: readonly Hit[],
): Evidence[] {
  const { temperature, lexiconWeight, labels } = scorer.model.head;
  const { label, labelNumber, runnerUp, confidence } = ranked;
  const named = strongest(typeHits(hits).filter(({ meaning }) => meaning.name === label));
  const evidence = named.map((hit) => {
    const weight = worthOf(hit, lexiconWeight, temperature);
    return asEvidence(text, folded, { from: hit.start, to: hit.end }, { voice: 'lexicon', weight, speaksFor: label });
  });
  let rest = seen;
  for (let round = 1; ; round++) {
    const words = modelEvidence(scorer, rest, labelNumber, runnerUp, temperature);
    for (const word of words) {
      evidence.push(asEvidence(text, seen, word, { voice: 'model', weight: word.weight, speaksFor: label }));
    }
    if (round === ROUNDS || words.length === 0) return evidence;
    rest = withoutEvidence(seen, evidence);
    const others = hits.filter(({ start, end }) => {
      const span = originalSpan(folded, start, end);
      return !overlaps(evidence, span.start, span.end);
    });
    const odds = oddsOf(scorer, rest, saidBy(others, 0, labels), signsOf(rest.text, others, 0));
    const stands = odds[labelNumber] as number;
    if (stands < confidence * LOST || stands < Math.max(...odds)) return evidence;
  }
}

export function priorityEvidence(text: string, folded: Folded, { spoke, priority }: PriorityReading): Evidence[] {
  return strongest(spoke).map(({ meaning, start, end }) =>
    asEvidence(text, folded, { from: start, to: end }, { voice: 'rule', weight: meaning.weight, speaksFor: priority }),
  );
}

export function scamEvidence(text: string, { score, spots }: ScamReading): Evidence[] {
  if (score < 0.2) return [];
  return spots
    .slice(0, MOST_SPANS)
    .map((spot) => ({ ...spot, text: text.slice(spot.start, spot.end), speaksFor: 'scam' }));
}
