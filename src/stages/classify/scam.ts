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
  /** The part that the words alone give, without the author's name. */
  fromText: number;
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
  /\b(?:i (?:got|was|have been|fell)|i've been|scammed me|scammed my|beware|warning|watch out|don't (?:trust|fall)|be careful|is this (?:a scam|legit|real)|fake (?:account|support|agent))\b|被骗|上当|受骗|骗了我|骗我|提醒大家|大家小心|小心|谨防|当心|注意防范|是不是骗|是骗子吗|是诈骗吗|真的假的|遇到骗子|举报/;

/** What text and author together say about a scam. Official accounts are never suspected. */
export function readScam(
  folded: Folded,
  hits: readonly Hit[],
  guard: HandleGuard,
  author: { handle?: string; name?: string } | undefined,
): ScamReading {
  if (guard.isOfficial(author?.handle)) return { score: 0, fromText: 0, reasons: [], spots: [] };
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
  let innocent = 1;
  for (const weight of signals.values()) innocent *= 1 - weight;
  const told = TOLD.test(folded.text) && (signals.get('Offers to get lost money back for others') ?? 0) === 0;
  const fromText = (1 - innocent) * (told ? 0.35 : 1);
  return withAuthor(
    { score: fromText, fromText, reasons: fromText >= 0.2 ? [...signals.keys()] : [], spots },
    guard,
    author,
  );
}

function withAuthor(
  reading: ScamReading,
  guard: HandleGuard,
  author: { handle?: string; name?: string } | undefined,
): ScamReading {
  const impersonation = guard.judge(author);
  if (!impersonation) return reading;
  const score = 1 - (1 - reading.fromText) * (1 - impersonation.score);
  return { ...reading, score, reasons: [impersonation.reason, ...reading.reasons] };
}
