import type { Priority } from '../../core/nouns.ts';
import { PRIORITIES } from '../../core/nouns.ts';
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
  'self-harm': ['past', 'supposed', 'reported', 'resolved'],
  legal: ['supposed', 'past'],
  regulator: ['supposed', 'past'],
};

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
    const turns = turnsOf(hit, post, grammar);
    for (const turn of IMMUNE[hit.meaning.name] ?? []) turns.delete(turn);
    if (turns.size === 0) urgent.push(hit);
    else for (const turn of turns) takenBack.add(turn);
  }
  const harm = urgent.filter(({ meaning }) => meaning.name === 'self-harm');
  if (post.scam >= 0.5 && harm.length === 0) {
    return {
      priority: 'low',
      reasons: ['Looks like a scam itself: nobody waits for an answer'],
      spoke: [],
      settled: false,
    };
  }
  if (urgent.length > 0) return { priority: 'urgent', reasons: reasonsOf(urgent), spoke: urgent, settled: false };
  const settled = takenBack.has('resolved') || takenBack.has('past');
  const said = [...takenBack].map((turn) => `Names something urgent, but ${OF_HIT[turn]}`);
  if (takenBack.size > 0)
    return { priority: atMost(start, settled ? 'normal' : 'high'), reasons: said, spoke: [], settled };
  return raise(post, start);
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
