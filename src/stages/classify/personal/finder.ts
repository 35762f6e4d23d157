import type { PersonalKind } from '../../../core/nouns.ts';

/** How one shape of personal data is found. */
export interface Finder {
  kind: PersonalKind;
  /** Needs the flags `d` and `g`. */
  pattern: RegExp;
  group?: number;
  accept?: (found: string, text: string, at: number) => boolean;
  /** A cheap test that must hold before the pattern runs at all. */
  needs?: RegExp;
}

export const digitsOf = (found: string): string => found.replace(/\D/g, '');

/** What people and phones put between digits, the invisible included. */
export const GAP = String.raw`[ \-.\u00a0\u2009\u200b-\u200d\u2013\u202f\u2060\ufeff]{0,3}`;
export const BEFORE = String.raw`(?<![\d\p{Script=Latin}])(?<!\d[.,])`;
export const AFTER = String.raw`(?![\d\p{Script=Latin}])`;
export const digits = (from: number, to: number): string => String.raw`\d(?:${GAP}\d){${from - 1},${to - 1}}`;

/** What makes a number one of something else: an amount, a time, a count. */
export const NO_UNIT = String.raw`(?!\s?(?:[年月日号點点时時分秒天元块塊圆円次个個人万萬亿億米度%％]|(?:times|points|users|people|dollars|yuan|usd|rmb|eur|euros?|hours?|minutes?|seconds?|days?|years?)\b))`;
