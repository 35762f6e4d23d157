import type { Assessment, Evidence, Instant, Language, Voice } from '../../core/nouns.ts';
import type { Classifier, ToClassify } from '../../core/ports.ts';
import { asEvidence, modelEvidence } from './evidence.ts';
import { type Folded, fold } from './fold.ts';
import { grammar as compromiseGrammar, type Grammar } from './grammar.ts';
import { type Brand, HandleGuard } from './handles.ts';
import { detectLanguage } from './language.ts';
import type { Hit, Lexicon } from './lexicon.ts';
import { Scorer, softmax, type TrainedModel } from './model.ts';
import { findPersonal } from './personal.ts';
import { pointsOf, typeHits } from './points.ts';
import { judgePriority, type PriorityReading } from './priority.ts';
import type { ProblemType } from './problem-types.ts';
import { readScam, type ScamReading } from './scam.ts';
import { readSentiment } from './sentiment.ts';
import { foldedPairs, makeView, namesPattern, type View } from './view.ts';

export interface Parts {
  model: TrainedModel;
  lexicon: Lexicon;
  problemTypes: readonly ProblemType[];
  brand: Brand;
  /** For tests and ablations; compromise otherwise. */
  grammar?: Grammar;
}

/** Goes up when a rule in this folder changes what it says, so that old verdicts can be told from new ones. */
const RULES_VERSION = 'r1';
/** Personal data is looked for in this much of a very long text. `findPersonal` itself reads all it is given. */
const PERSONAL_HEAD = 60_000;
const MOST_OTHERS = 3;
const SHOWN_FROM = 0.03;

/** Puts the voices together. The classifier keeps buffers: use one per thread, and classify one post after the other. */
export function createClassifier(parts: Parts): Classifier {
  const { model, lexicon, problemTypes, brand } = parts;
  const scorer = new Scorer(model);
  const guard = new HandleGuard(brand);
  const view = makeView({ names: [...brand.names, ...model.head.hidden], regional: foldedPairs(lexicon.regional) });
  const ownNames = namesPattern(brand.names);
  const ignore = ownNames ? new RegExp(ownNames, 'giu') : undefined;
  const version = `${lexicon.version}-${model.head.version}-${RULES_VERSION}`;
  const types = new Map(problemTypes.map((type) => [type.id, type]));

  return {
    version,
    classify({ text, author, langHint }: ToClassify, now: Instant): Assessment {
      const folded = view.common(fold(text));
      const hits = lexicon.find(folded.text);
      const lang = detectLanguage(text, { ignore, hint: langHint });
      const scam = readScam(folded, hits, guard, author);
      const ranked = rank(scorer, view, folded, hits, scam, lang);
      const priority = judgePriority(
        { text: folded.text, hits, english: lang === 'en', problemType: types.get(ranked.label), scam: scam.score },
        parts.grammar ?? compromiseGrammar,
      );
      return {
        problemType: ranked.label,
        confidence: round(ranked.confidence),
        unsure: ranked.unsure,
        others: ranked.others,
        priority: priority.priority,
        priorityReasons: priority.reasons,
        lang,
        sentiment: readSentiment(hits, ranked.label),
        scam: round(scam.score),
        scamReasons: scam.reasons,
        personal: findPersonal(text.slice(0, PERSONAL_HEAD)),
        evidence: gather(text, folded, scorer, ranked, hits, scam, priority),
        classifier: version,
        at: now,
      };
    },
  };
}

interface Ranked {
  label: string;
  labelNumber: number;
  runnerUp: number;
  confidence: number;
  unsure: boolean;
  others: { type: string; confidence: number }[];
  view: Folded;
}

/** Margins of the model and points of the lexicon, added and calibrated. */
function rank(
  scorer: Scorer,
  view: View,
  folded: Folded,
  hits: readonly Hit[],
  scam: ScamReading,
  lang: Language,
): Ranked {
  const { labels, temperature, lexiconWeight, unsureBelow } = scorer.model.head;
  const seen = view.hide(folded);
  const margins = scorer.margins(seen);
  const points = pointsOf(hits, scam.fromText, labels);
  const odds = softmax(
    margins.map((margin, i) => margin + lexiconWeight * (points[i] as number)),
    temperature,
  );
  const order = [...labels.keys()].sort((a, b) => (odds[b] as number) - (odds[a] as number));
  const labelNumber = order[0] as number;
  const confidence = odds[labelNumber] as number;
  const nothingRead = scorer.vector.length === 0 && points.every((point) => point === 0);
  return {
    label: labels[labelNumber] as string,
    labelNumber,
    runnerUp: order[1] as number,
    confidence,
    unsure: confidence < unsureBelow || nothingRead || lang === 'other' || voicesDisagree(points, labelNumber),
    others: order
      .slice(1, 1 + MOST_OTHERS)
      .map((i) => ({ type: labels[i] as string, confidence: round(odds[i] as number) }))
      .filter((other, i) => i === 0 || other.confidence >= SHOWN_FROM),
    view: seen,
  };
}

/** The lexicon names another type outright and has nothing to say for the winner. */
function voicesDisagree(points: Float64Array, winner: number): boolean {
  return (points[winner] as number) === 0 && Math.max(...points) >= 3;
}

/** So many spans of one voice for one thing are shown: a long post would drown the reader. */
const MOST_SPANS = 6;

function gather(
  text: string,
  folded: Folded,
  scorer: Scorer,
  ranked: Ranked,
  hits: readonly Hit[],
  scam: ScamReading,
  { priority, spoke }: PriorityReading,
): Evidence[] {
  const { temperature, lexiconWeight } = scorer.model.head;
  const show = (hit: Hit, voice: Voice, weight: number, speaksFor: string) =>
    asEvidence(text, folded, { from: hit.start, to: hit.end }, { voice, weight, speaksFor });
  const strongest = (list: Hit[]) => list.sort((a, b) => b.meaning.weight - a.meaning.weight).slice(0, MOST_SPANS);

  const fromModel = modelEvidence(scorer, ranked.view, ranked.labelNumber, ranked.runnerUp, temperature).map((word) =>
    asEvidence(text, ranked.view, word, { voice: 'model', weight: word.weight, speaksFor: ranked.label }),
  );
  const named = strongest(typeHits(hits).filter(({ meaning }) => meaning.name === ranked.label));
  const fromLexicon = named.map((hit) =>
    show(hit, 'lexicon', (hit.meaning.weight * lexiconWeight) / temperature, ranked.label),
  );
  const fromPriority = strongest([...spoke]).map((hit) => show(hit, 'rule', hit.meaning.weight, priority));
  const spots = scam.score >= 0.2 ? scam.spots.slice(0, MOST_SPANS) : [];
  const fromScam = spots.map((spot) => ({ ...spot, text: text.slice(spot.start, spot.end), speaksFor: 'scam' }));
  return [...fromModel, ...fromLexicon, ...fromPriority, ...fromScam];
}

const round = (share: number) => Math.round(share * 10_000) / 10_000;
