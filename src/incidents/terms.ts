import type { Assessment } from '../core/nouns.ts';

/** One thing that people speak of, with its words in both languages. */
export interface Concept {
  id: string;
  /** As it stands in a text that was folded to lower case: Chinese anywhere, Latin words at their beginning. */
  words: readonly string[];
  /** `strong`: two texts that share it are likely about one problem. */
  strong: boolean;
}

/** What one mention speaks of. */
export interface Terms {
  all: ReadonlySet<string>;
  /** Says no more than "me too": it is about whatever the others speak of. */
  metoo: boolean;
}

/** Codes such as "TU-503" or "E1042", which name a problem better than any word. Never long enough for somebody's number. */
const CODE = /(?<![\p{L}\p{N}-])[a-z]{1,4}[- ]?\d{2,5}(?![\p{L}\p{N}-])/giu;
const CODE_CUE = /error|code|错误|錯誤|代码|代碼|报错|報錯/i;
const METOO =
  /\bsame (?:here|issue|problem|thing|for me)\b|\bme too\b|\bme as well\b|^\s*\+1\b|\bhappening to me\b|\byep\b|同样|同樣|我也(?:是|一样|一樣)|一样的问题|一樣的問題|同问|同問|\+1/iu;

/** Reads texts by a list of concepts. */
export class TermReader {
  readonly #concepts: readonly { id: string; strong: boolean; pattern: RegExp }[];

  constructor(concepts: readonly Concept[]) {
    this.#concepts = concepts.map(({ id, strong, words }) => ({ id, strong, pattern: patternOf(words) }));
  }

  read(text: string): Terms {
    const folded = text.normalize('NFKC').toLowerCase();
    const all = new Set<string>();
    for (const { id, pattern } of this.#concepts) if (pattern.test(folded)) all.add(id);
    if (CODE_CUE.test(folded)) for (const [code] of folded.matchAll(CODE)) all.add(`#${code.replace(/ /g, '-')}`);
    return { all, metoo: METOO.test(folded) };
  }

  /** A code, or a concept that names a problem's place. */
  isStrong(term: string): boolean {
    return term.startsWith('#') || this.#concepts.some(({ id, strong }) => strong && id === term);
  }
}

function patternOf(words: readonly string[]): RegExp {
  const parts = words.map((word) => {
    const escaped = word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return /^[\p{Script=Latin}]/u.test(word) ? String.raw`(?<![\p{L}\p{N}])${escaped}` : escaped;
  });
  return new RegExp(parts.join('|'), 'u');
}

/** What an incident and a mention have to do with each other, 0 to 1. */
export interface Fit {
  score: number;
  why: 'same-type' | 'same-words' | 'me-too';
}

/**
 * How well a mention fits a group of others. The type alone is not enough: what both speak of has to meet, or the
 * mention says "me too" in a conversation that is in the group.
 *
 * @param profile term to share of the group that speaks of it, 0 to 1
 */
export function fitOf(
  mention: { terms: Terms; assessment: Pick<Assessment, 'problemType'>; sameConversation: boolean },
  group: { problemType: string; profile: ReadonlyMap<string, number> },
  reader: TermReader,
): Fit | undefined {
  const { terms, assessment, sameConversation } = mention;
  if (terms.metoo && sameConversation) return { score: 0.8, why: 'me-too' };
  const shared = [...terms.all].filter((term) => group.profile.has(term));
  const weight = shared.reduce((total, term) => total + (group.profile.get(term) ?? 0), 0);
  const most = [...group.profile.values()]
    .sort((a, b) => b - a)
    .slice(0, 2)
    .reduce((a, b) => a + b, 0);
  const cover = most === 0 ? 0 : Math.min(1, weight / most);
  const strong = shared.some((term) => reader.isStrong(term));
  if (assessment.problemType === group.problemType) {
    // A group that speaks of nothing in particular is its type.
    if (group.profile.size === 0) return { score: 0.5, why: 'same-type' };
    return cover >= 0.4 || strong ? { score: 0.5 + cover / 2, why: 'same-type' } : undefined;
  }
  return strong && cover >= 0.8 ? { score: cover, why: 'same-words' } : undefined;
}
