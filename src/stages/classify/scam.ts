import { LIKELY_SCAM } from '../../core/nouns.ts';
import type { Folded } from './fold.ts';
import { originalSpan } from './fold.ts';
import type { HandleGuard } from './handles.ts';
import type { Hit } from './lexicon.ts';

/** A place in the original text that made a rule speak. */
export interface Spot {
  start: number;
  end: number;
  weight: number;
  voice: 'lexicon' | 'rule';
}

export interface ScamReading {
  /** 0 to 1. */
  score: number;
  /** Reads like a victim's story or a warning. */
  told: boolean;
  reasons: string[];
  spots: Spot[];
}

/** Links and contacts that scams use to lead people away. Written for folded text. */
const LINKS: readonly { pattern: RegExp; weight: number; reason: string }[] = [
  {
    pattern: /\b(?:t\.me|wa\.me|telegram\.me|chat\.whatsapp\.com)\/\S+/g,
    weight: 0.6,
    reason: 'Links to a private chat elsewhere',
  },
  {
    pattern: /\b(?:bit\.ly|tinyurl\.com|cutt\.ly|is\.gd|rb\.gy|t\.cn|dwz\.cn|url\.cn)\/\S+/g,
    weight: 0.25,
    reason: 'Hides where a link leads',
  },
  {
    pattern: /(?:whatsapp|telegram|微信|vx|qq|电报|飞机)\s{0,2}[:：+@]?\s{0,2}\+?[a-z0-9_-]{5,20}/g,
    weight: 0.5,
    reason: 'Gives a private contact',
  },
];

/** Words of somebody who tells what happened to them, or warns others: no scam, though it quotes one. */
const TOLD =
  /\b(?:i (?:got|was|have been|fell)|i've been|scammed me|scammed my|beware|warning|watch out|don't (?:trust|fall)|be careful|is this (?:a scam|legit|real)|fake (?:account|support|agent))\b|被骗|上当|受骗|骗了我|骗我|提醒大家|大家小心|小心|谨防|当心|注意防范|是不是骗|是骗子吗|是诈骗吗|真的假的|遇到骗子|举报|让人骗|骗子|冒充|装成|自称|转走|就没了|骗走|转了两笔|接到.{0,12}电话|求帮忙|不提醒/;

/** What the words alone say about a scam: phrases and links, by rule. */
export function readScam(folded: Folded, hits: readonly Hit[]): ScamReading {
  const signals = new Map<string, number>();
  const spots: Spot[] = [];
  const note = (reason: string, weight: number, from: number, to: number, voice: Spot['voice']) => {
    signals.set(reason, Math.max(signals.get(reason) ?? 0, weight));
    spots.push({ ...originalSpan(folded, from, to), weight, voice });
  };
  for (const { meaning, start, end } of hits) {
    if (meaning.of === 'scam') note(meaning.reason, meaning.weight, start, end, 'lexicon');
  }
  for (const { pattern, weight, reason } of LINKS) {
    for (const match of folded.text.matchAll(pattern))
      note(reason, weight, match.index, match.index + match[0].length, 'rule');
  }
  const told = TOLD.test(folded.text) && !signals.has('Offers to get lost money back for others');
  const score = either([...signals.values()]) * (told ? 0.35 : 1);
  return { score, told, reasons: score >= SHOWN_FROM ? [...signals.keys()] : [], spots };
}

/** Below this, a suspicion is not worth a word. */
const SHOWN_FROM = 0.2;
/**
 * How far the sorting itself is believed about a scam, and from where: on held-out authors, a post that is spam by 0.54 or
 * more is best called a likely scam.
 */
const BELIEVED = 0.92;
const BELIEVED_FROM = 0.2;
const INNOCENT_BELOW = 0.03;
/** How much a look-alike address weighs, and how far into a text one is looked for, in UTF-16 units. */
const LOOKALIKE = 0.8;
const LINKS_WITHIN = 4000;

/**
 * All that speaks about a scam: the words, how sure the sorting is that the post is spam itself, and the author's name.
 * A post that is surely something else only quotes a scam. Official accounts are never suspected.
 */
export function suspect(
  reading: ScamReading,
  spamShare: number,
  guard: HandleGuard,
  author: { handle?: string; name?: string } | undefined,
  text = '',
): ScamReading {
  if (guard.isOfficial(author?.handle)) return { ...reading, score: 0, reasons: [], spots: [] };
  const words = spamShare < INNOCENT_BELOW ? reading.score * 0.6 : reading.score;
  const sorted = (spamShare < BELIEVED_FROM ? 0 : spamShare * BELIEVED) * (reading.told ? 0.4 : 1);
  const impersonation = guard.judge(author);
  const link = guard.lookalikeLink(text.slice(0, LINKS_WITHIN));
  const linked = link ? LOOKALIKE * (reading.told ? 0.4 : 1) : 0;
  const score = either([words, sorted, impersonation?.score ?? 0, linked]);
  const reasons = [
    ...(impersonation ? [impersonation.reason] : []),
    ...(link ? ['A link is made to look like one of the brand'] : []),
    ...reading.reasons,
    ...(sorted >= LIKELY_SCAM ? ['Reads like scams and spam seen before'] : []),
  ];
  const spots = link ? [{ ...link, weight: linked, voice: 'rule' as const }, ...reading.spots] : reading.spots;
  return { ...reading, score, reasons: score >= SHOWN_FROM ? reasons : [], spots };
}

/** Independent suspicions together. */
const either = (scores: readonly number[]) => 1 - scores.reduce((innocent, score) => innocent * (1 - score), 1);
