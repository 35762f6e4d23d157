import type { FollowUpKind } from '../core/aftercare.ts';

const SOLVED =
  /\b(?:solved|resolved|sorted(?: out)?|fixed|it worked|works (?:now|again)|working (?:now|again)|(?:money|it|payment|transfer|top-?up) (?:has |have )?(?:arrived|came through)|got (?:it|everything|my money) back|all good(?: now)?)\b|解[决決]了|已[经經]?解[决決]|搞定|到[账帐帳]了|收到了|恢[复復]了|[修弄处處]理?好了|可以用了|[没沒]事了/iu;
const THANKS = /\b(?:thanks|thank you|thx|cheers)\b|[谢謝]{2}|感[谢謝]|多[谢謝]/iu;
/** Something that is not over: a denial, a wait, a plan to try. */
const OPEN =
  /\b(?:not|never|still|yet|no|cannot|nothing|but|again fail\w*|will try|i'll|going to try|let me)\b|n['’]t\b|[还還][没沒是]|[没沒]有?(?:到|收|解|恢|用)|依然|仍|不行|不能|[试試]{1,2}|等一?等|但是?|可是/iu;
const ASKS =
  /[?？]|\b(?:how|why|when|where|what now|please help|any news|any update)\b|[吗嗎呢]|怎[么麼]|[为為]什[么麼]|何[时時]|多久|哪[里裡]/iu;

/**
 * What an author says after our answer. A thank-you counts as solved only where nothing is left open; whatever is neither
 * is only a sign of life, since a number that flatters helps nobody.
 */
export function readFollowUp(text: string): Exclude<FollowUpKind, 'scammer'> {
  const open = OPEN.test(text.replace(/\bno (?:problem|worries)\b/giu, ''));
  if (ASKS.test(text)) return 'asks-again';
  if (!open && (SOLVED.test(text) || THANKS.test(text))) return 'solved';
  return open && !/\b(?:will try|i'll|going to try|let me)\b|[试試]/iu.test(text) ? 'asks-again' : 'came-back';
}
