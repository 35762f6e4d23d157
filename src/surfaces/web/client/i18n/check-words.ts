import type { Messages } from './en.ts';

/**
 * What a failed guard rail found, in the language of the page: its own advice where there is one, with the piece of the
 * draft that the server quoted. English is said as the server says it, which knows more.
 */
export function checkWords(name: string, why: string, t: Messages): string {
  const advice = t.checkAdvice[name];
  if (!advice) return why;
  const piece = /“[^”]*”/.exec(why)?.[0];
  return piece ? `${advice} ${piece}` : advice;
}
