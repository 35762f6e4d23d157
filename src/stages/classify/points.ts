import type { Hit } from './lexicon.ts';

/** How close before a phrase a negation must end to take it back, in folded units. */
const REACH = 4;
/** No list of phrases is worth more than this, however many are found. */
const MOST = 6;
/** What a certain scam is worth beside phrases. */
const SCAM_POINTS = 5;

/**
 * What the lexicon and the scam rules say of a text, in points per label. The strongest phrase counts whole, each further
 * one half of the one before. A phrase right behind a negation ("no fees", "没有手续费") counts nothing, unless it is
 * itself about something missing.
 */
export function pointsOf(hits: readonly Hit[], scam: number, labels: readonly string[]): Float64Array {
  const points = new Float64Array(labels.length);
  const found = new Map<string, number[]>();
  for (const hit of typeHits(hits)) {
    const list = found.get(hit.meaning.name) ?? [];
    list.push(hit.meaning.weight);
    found.set(hit.meaning.name, list);
  }
  for (const [number, label] of labels.entries()) {
    const weights = (found.get(label) ?? []).sort((a, b) => b - a);
    const sum = weights.reduce((total, weight, i) => total + weight / 2 ** i, 0);
    points[number] = Math.min(MOST, sum) + (label === 'scam-spam' ? SCAM_POINTS * scam : 0);
  }
  return points;
}

/** No team's phrases are worth more log-odds than this, however many are found. */
const MOST_ODDS = 7;

const oddsOfHit = ({ meaning }: Hit): number => (meaning.of === 'type' ? (meaning.odds ?? 0) : 0);

/** What a team's own phrases add to the log-odds of each label, whatever the model thinks of phrases. */
export function ownOddsOf(hits: readonly Hit[], labels: readonly string[]): Float64Array {
  const own = typeHits(hits).filter((hit) => oddsOfHit(hit) > 0);
  return Float64Array.from(labels, (label) => {
    const odds = own.filter(({ meaning }) => meaning.name === label).map(oddsOfHit);
    const sum = odds.sort((a, b) => b - a).reduce((total, one, i) => total + one / 2 ** i, 0);
    return Math.min(MOST_ODDS, sum);
  });
}

/** What a found phrase is worth in log-odds by itself, where a model gives `lexiconWeight` to phrases. */
export function worthOf(hit: Hit, lexiconWeight: number, temperature: number): number {
  return (hit.meaning.weight * lexiconWeight) / temperature + oddsOfHit(hit);
}

/** Phrases that speak for a problem type and are not taken back by the word before them. */
export function typeHits(hits: readonly Hit[]): Hit[] {
  const negations = hits.filter(({ meaning }) => meaning.of === 'turn' && meaning.name === 'negation');
  return hits.filter(({ meaning, start }) => {
    if (meaning.of !== 'type') return false;
    return meaning.weight >= 3 || !negations.some(({ end }) => end <= start && start - end <= REACH);
  });
}
