import { LIKELY_SCAM, PRIORITIES, type Priority } from '../../core/nouns.ts';
import type { Grammar } from './grammar.ts';
import type { Hit, Turn } from './lexicon.ts';
import type { ProblemType } from './problem-types.ts';
import { sentenceAround, turnsNear } from './turns.ts';

export interface PriorityReading {
  priority: Priority;
  reasons: string[];
  /** Hits that made it urgent or pressing: the evidence. */
  spoke: Hit[];
  /** True when the author says that it is over. */
  settled: boolean;
}

export interface ToJudge {
  /** Folded text and the phrases found in it. */
  text: string;
  hits: readonly Hit[];
  /** Grammar can read it only when it is English. */
  english: boolean;
  problemType: Pick<ProblemType, 'priority' | 'lane'> | undefined;
  scam: number;
  /** How far the model's margin for urgent lies over its threshold; undefined where it knows none. */
  urgency?: number | undefined;
}

const OF_HIT: Record<Turn, string> = {
  negation: 'says that it is not so',
  past: 'speaks of the past',
  resolved: 'says that it is settled',
  reported: "tells somebody else's story",
  supposed: 'only supposes it',
};

/**
 * What does not take a phrase back. Being wrong about self-harm costs more than a needless look. A threat that hangs on a
 * condition ("if you don't refund, I will sue") is a threat, and one for what happened last year too.
 */
const IMMUNE: Record<string, readonly Turn[]> = {
  'self-harm': ['negation', 'past', 'supposed', 'reported', 'resolved'],
  legal: ['supposed', 'past'],
  regulator: ['supposed', 'past'],
};

const READS_URGENT = 'Reads like posts that could not wait';
const READS_CALM = 'Names something urgent, but does not read like it';
/** A phrase is believed unless the whole post speaks so clearly against it; where the problem is grave, in any case. */
const MISLED = 0.5;
/**
 * What also stands in posts that can wait ("stolen phone", "my lawyer asks for a receipt", "the ombudsman was civil") is
 * believed, even there, only where the whole post speaks less clearly against it.
 */
const DOUBTFUL = new Set(['theft', 'legal', 'regulator']);
const DOUBTED = 0.3;

/** Where the problem is theft or takeover, most posts are urgent: so much less must be said. */
const EXPECTED = 0.25;

/** Where nobody waits for an answer, the words must be all the clearer. */
const UNEXPECTED = 0.15;
const DENIED = /没有?被|并未被|不是被|\b(?:not|never|nothing|nobody|wasn't|weren't|haven't been|hasn't been)\b/;

function expectation({ problemType, hits, text }: ToJudge): number {
  if (problemType?.lane === 'quiet') return -UNEXPECTED;
  const turned = hits.some(({ meaning }) => meaning.of === 'turn' && meaning.name !== 'negation') || DENIED.test(text);
  return problemType?.lane === 'security' && !turned ? EXPECTED : 0;
}

/** "想死你们了", "不想活了哈哈", "want to die lol": said of games and queues. */
function jokes({ meaning, start, end }: Hit, text: string): boolean {
  if (meaning.name !== 'self-harm') return false;
  if (text.slice(start, end) === '想死' && /^(?:你|我了|她|他|妈)/.test(text.slice(end))) return true;
  return /哈哈|笑死|233|\blol\b|\blmao\b|\bhaha/.test(text.slice(Math.max(0, start - 30), end + 30));
}

/** So many urgent phrases are weighed: more of them in one post say nothing new. */
const MOST_HITS = 24;

/**
 * How soon a person should see a mention, with reasons they can read. Urgent are theft and takeover, threats of law and
 * regulators, mass outages and self-harm, when they are said to be so, now, by the author.
 */
export function judgePriority(post: ToJudge, grammar: Grammar): PriorityReading {
  const start = post.problemType?.priority ?? 'normal';
  const urgent: Hit[] = [];
  const takenBack = new Set<Turn>();
  for (const hit of post.hits.filter(({ meaning }) => meaning.of === 'urgent').slice(0, MOST_HITS)) {
    if (jokes(hit, post.text)) continue;
    const turns = turnsOf(hit, post, grammar);
    for (const turn of IMMUNE[hit.meaning.name] ?? []) turns.delete(turn);
    if (turns.size === 0) urgent.push(hit);
    else for (const turn of turns) takenBack.add(turn);
  }
  const harm = urgent.filter(({ meaning }) => meaning.name === 'self-harm');
  if (post.scam >= LIKELY_SCAM && harm.length === 0) {
    return {
      priority: 'low',
      reasons: ['Looks like a scam itself: nobody waits for an answer'],
      spoke: [],
      settled: false,
    };
  }
  const grave = post.problemType?.lane === 'security' || post.problemType?.lane === 'legal';
  const named = urgent.some((hit) => believed(hit, grave, post.urgency));
  if (named) return { priority: 'urgent', reasons: reasonsOf(urgent), spoke: urgent, settled: false };
  const settled = takenBack.has('resolved') || takenBack.has('past');
  const said = [...takenBack].map((turn) => `Names something urgent, but ${OF_HIT[turn]}`);
  if (takenBack.size > 0)
    return { priority: atMost(start, settled ? 'normal' : 'high'), reasons: said, spoke: [], settled };
  if (urgent.length > 0) return { priority: atMost(start, 'high'), reasons: [READS_CALM], spoke: [], settled: false };
  if (post.urgency !== undefined && post.urgency > -expectation(post))
    return { priority: 'urgent', reasons: [READS_URGENT], spoke: [], settled: false };
  return raise(post, start);
}

function believed({ meaning }: Hit, grave: boolean, urgency = 0): boolean {
  if (meaning.name === 'outage' || meaning.name === 'self-harm') return true;
  if (DOUBTFUL.has(meaning.name)) return urgency > -DOUBTED;
  return grave || urgency > -MISLED;
}

/** Waiting, need and haste raise a problem by one step; they raise nothing that is no problem. */
function raise({ hits, problemType, text }: ToJudge, start: Priority): PriorityReading {
  const resolved = hits.some(({ meaning }) => meaning.of === 'turn' && meaning.name === 'resolved');
  const pressing = hits.filter(({ meaning }) => meaning.of === 'pressing');
  if (resolved || pressing.length === 0 || problemType?.lane === 'quiet' || start === 'low' || start === 'urgent') {
    return { priority: start, reasons: [], spoke: [], settled: resolved && text.length > 0 };
  }
  const raised = start === 'normal' ? 'high' : start;
  return { priority: raised, reasons: reasonsOf(pressing), spoke: pressing, settled: false };
}

/**
 * What turns a phrase around. Words near it are looked up first, which costs nothing; only if one stands there, and the
 * text is English, grammar is asked whether it really reaches the phrase.
 */
function turnsOf(hit: Hit, { text, hits, english }: ToJudge, grammar: Grammar): Set<Turn> {
  const near = turnsNear(text, hit, hits);
  if (near.size === 0 || !english) return near;
  const { from } = sentenceAround(text, hit.start);
  const piece = text.slice(from, from + 800);
  if (hit.end - from > piece.length) return near;
  const read = grammar.turns(piece, hit.start - from, hit.end - from);
  // A settlement ("sorted now, thanks") is plain words; grammar decides what reaches what.
  if (near.has('resolved')) read.add('resolved');
  if (near.has('past') && near.has('resolved')) read.add('past');
  return read;
}

function reasonsOf(hits: readonly Hit[]): string[] {
  return [...new Set(hits.map(({ meaning }) => ('reason' in meaning ? meaning.reason : '')))].filter(Boolean);
}

const atMost = (priority: Priority, limit: Priority): Priority =>
  PRIORITIES.indexOf(priority) < PRIORITIES.indexOf(limit) ? limit : priority;
