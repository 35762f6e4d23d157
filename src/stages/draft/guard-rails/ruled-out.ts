import { fold, type GuardRail, quoted } from './reply.ts';

/** Words that this team never says. No width, case, script or invisible character hides them. */
export const nothingRuledOut: GuardRail = {
  name: 'nothing-ruled-out',
  check({ text, facts: { neverSay = [] } }) {
    if (neverSay.length === 0) return undefined;
    const folded = fold(text);
    const said = neverSay.find((words) => holds(folded, fold(words).trim()));
    if (said === undefined) return undefined;
    return `It says ${quoted(said)}, which the guard rails of your settings rule out. Put it in other words.`;
  },
};

/** Latin letters and digits stand by themselves, so that "sue" is not found in "issue"; Chinese has no such edges. */
function holds(text: string, words: string): boolean {
  if (words === '') return false;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const before = joined(text.charAt(at - 1), words.charAt(0));
    if (!before && !joined(words.at(-1) ?? '', text.charAt(at + words.length))) return true;
  }
  return false;
}

const LETTER = /[\p{Script=Latin}\d]/u;
const joined = (one: string, other: string): boolean => LETTER.test(one) && LETTER.test(other);
