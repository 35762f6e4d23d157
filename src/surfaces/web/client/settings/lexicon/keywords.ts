import type { KeywordList, OwnKeyword, OwnKeywordAsked } from '../../../lexicon-api.ts';

/** A keyword of one problem type as somebody sees it: as it came, and what the team says about it. */
export interface Shown {
  phrase: string;
  problemType: string;
  language: 'en' | 'zh';
  /** In force, or what it would be were it used. */
  weight: number;
  off: boolean;
  /** The weight it came with. Undefined: the team's own. */
  came?: number;
  /** Whoever changed it last, where it is saved. */
  by?: string;
  at?: string;
}

/** 3 names the problem outright, 2 points to it strongly, 1 leans towards it. */
export const WEIGHTS = [3, 2, 1] as const;

const same = (one: Pick<Shown, 'phrase' | 'problemType'>, other: Pick<Shown, 'phrase' | 'problemType'>) =>
  one.problemType === other.problemType && one.phrase.toLowerCase() === other.phrase.toLowerCase();

/** Without who said it and when: as it is asked for. */
export function asked({ phrase, problemType, weight, off }: OwnKeywordAsked): OwnKeywordAsked {
  return { phrase, problemType, weight, off };
}

/** The keywords of a problem type with what the team says laid over those that came along. */
export function shownOf({ came }: KeywordList, own: readonly OwnKeyword[], problemType: string): Shown[] {
  const ofType = own.filter((one) => one.problemType === problemType);
  const shipped = came
    .filter((one) => one.problemType === problemType)
    .map((one): Shown => {
      const says = ofType.find((other) => same(one, other));
      return { ...one, off: false, ...says, phrase: one.phrase, came: one.weight };
    });
  const added = ofType
    .filter((one) => !came.some((other) => same(one, other)))
    .map((one): Shown => ({ ...one, language: /\p{Script=Han}/u.test(one.phrase) ? 'zh' : 'en' }));
  return [...added, ...shipped];
}

/** With one keyword said otherwise. What is as it came need not be said. */
export function withKeyword(
  own: readonly OwnKeywordAsked[],
  { came }: Pick<KeywordList, 'came'>,
  one: OwnKeywordAsked,
): OwnKeywordAsked[] {
  const others = own.filter((other) => !same(one, other)).map(asked);
  const shipped = came.find((other) => same(one, other));
  const asItCame = shipped ? !one.off && shipped.weight === one.weight : one.off;
  return asItCame ? others : [...others, asked({ ...one, phrase: shipped?.phrase ?? one.phrase })];
}

/** As it came along; one of the team's own is gone. */
export function withoutKeyword(
  own: readonly OwnKeywordAsked[],
  one: Pick<Shown, 'phrase' | 'problemType'>,
): OwnKeywordAsked[] {
  return own.filter((other) => !same(one, other)).map(asked);
}

/** One line, one keyword; Chinese commas part them too. */
export function typedKeywords(typed: string): string[] {
  return [
    ...new Set(
      typed
        .split(/[\n,，、;；]/)
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
}
