import { LOOKED_AT } from '../../core/cover.ts';
import type { Assessment, Instant, Language } from '../../core/nouns.ts';
import type { Classifier, ToClassify } from '../../core/ports.ts';
import { explain, oddsOf, priorityEvidence, type Ranked, saidBy, scamEvidence } from './explain.ts';
import { type Folded, fold } from './fold.ts';
import { grammar as compromiseGrammar, type Grammar } from './grammar.ts';
import { type Brand, HandleGuard } from './handles.ts';
import { detectLanguage } from './language.ts';
import type { Hit, Lexicon } from './lexicon.ts';
import { Scorer, type TrainedModel } from './model.ts';
import { findPersonal } from './personal.ts';
import { judgePriority } from './priority.ts';
import type { ProblemType } from './problem-types.ts';
import { readScam, suspect } from './scam.ts';
import { readSentiment } from './sentiment.ts';
import { spokenBySentences } from './several.ts';
import { signsOf } from './signs.ts';
import { foldedPairs, makeView, namesPattern } from './view.ts';

export interface Parts {
  model: TrainedModel;
  lexicon: Lexicon;
  problemTypes: readonly ProblemType[];
  brand: Brand;
  /** For tests and ablations; compromise otherwise. */
  grammar?: Grammar;
}

/** Goes up when a rule in this folder changes what it says, so that old verdicts can be told from new ones. */
const RULES_VERSION = 'r8';
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
      const words = readScam(folded, hits);
      const seen = view.hide(folded);
      // Before the whole: the scorer keeps what it read last, and the evidence is for that.
      const spoken = spokenBySentences(scorer, view, folded, hits);
      const ranked = rank(scorer, seen, signsOf(folded.text, hits, words.score), hits, words.score, lang);
      ranked.others = withFurther(ranked, spoken, model.head.labels);
      const { urgency } = scorer;
      const scam = suspect(words, ranked.spam, guard, author, text);
      const priority = judgePriority(
        {
          text: folded.text,
          hits,
          english: lang === 'en',
          problemType: types.get(ranked.label),
          scam: scam.score,
          urgency,
        },
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
        personal: findPersonal(text.slice(0, LOOKED_AT)),
        evidence: [
          ...explain(text, folded, seen, scorer, ranked, hits),
          ...priorityEvidence(text, folded, priority),
          ...scamEvidence(text, scam),
        ],
        classifier: version,
        at: now,
      };
    },
  };
}

/** The problem type, its runner-up and whether a person should look first. */
function rank(
  scorer: Scorer,
  seen: Folded,
  signs: readonly number[],
  hits: readonly Hit[],
  scam: number,
  lang: Language,
): Ranked {
  const { labels, unsureBelow } = scorer.model.head;
  const said = saidBy(hits, scam, labels);
  const { points } = said;
  const odds = oddsOf(scorer, seen, said, signs);
  const order = [...labels.keys()].sort((a, b) => (odds[b] as number) - (odds[a] as number));
  const nothingRead = scorer.vector.length <= signs.length && points.every((point) => point === 0);
  if (nothingRead && labels.includes('other'))
    order.unshift(...order.splice(order.indexOf(labels.indexOf('other')), 1));
  const labelNumber = order[0] as number;
  const confidence = odds[labelNumber] as number;
  return {
    label: labels[labelNumber] as string,
    labelNumber,
    runnerUp: order[1] as number,
    confidence,
    spam: odds[labels.indexOf('scam-spam')] ?? 0,
    unsure:
      confidence < (unsureBelow[labelNumber] as number) ||
      nothingRead ||
      lang === 'other' ||
      voicesDisagree(points, labelNumber),
    others: order
      .slice(1, 1 + MOST_OTHERS)
      .map((i) => ({ type: labels[i] as string, confidence: round(odds[i] as number) }))
      .filter((other, i) => i === 0 || other.confidence >= SHOWN_FROM),
  };
}

/** What a reviewer need not be told of as a further problem: that a sentence says nothing much. */
const NO_PROBLEM = 'other';

/** The other types, with those that a sentence of the post speaks for as sure as that sentence is, most likely first. */
function withFurther({ label, confidence, others }: Ranked, spoken: Float64Array, labels: readonly string[]) {
  const sure = new Map(others.map((other) => [other.type, other.confidence]));
  for (const [number, share] of spoken.entries()) {
    const type = labels[number] as string;
    if (share === 0 || type === label || type === NO_PROBLEM) continue;
    sure.set(type, round(Math.max(sure.get(type) ?? 0, Math.min(confidence, share))));
  }
  return [...sure]
    .map(([type, confidence]) => ({ type, confidence }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_OTHERS);
}

/** The lexicon names another type outright and has nothing to say for the winner. */
function voicesDisagree(points: Float64Array, winner: number): boolean {
  return (points[winner] as number) === 0 && Math.max(...points) >= 3;
}

const round = (share: number) => Math.round(share * 10_000) / 10_000;
