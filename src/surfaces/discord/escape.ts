/**
 * Text from the internet as Discord shows it literally: no formatting, no mentions, no links to click, nothing that turns
 * the direction of writing. Cut at `max` UTF-16 units of the escaped text; Discord counts no more than those.
 */
export function literally(text: string, max: number): string {
  return escaped(text, max).shown;
}

/** Whether `literally` shows all of it. */
export function fits(text: string, max: number): boolean {
  return escaped(text, max).whole;
}

/** A text of ours, cut. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`;
}

function escaped(text: string, max: number): { shown: string; whole: boolean } {
  // Far more than can be shown is not even looked at.
  const start = text.slice(0, max * 2).toWellFormed();
  let shown = '';
  for (const char of start) {
    if (UNSEEN.test(char)) continue;
    const piece = SPECIAL.test(char) ? `\\${char}` : char;
    if (shown.length + piece.length > max - 1) return { shown: `${shown.trimEnd()}…`, whole: false };
    shown += piece;
  }
  const whole = start.length === text.length;
  return { shown: whole ? shown : `${shown.trimEnd()}…`, whole };
}

/** Controls but line feeds, and marks that reverse or hide what follows. Joiners stay: emoji and some scripts need them. */
const UNSEEN = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
/** All that Discord's markdown gives a meaning. The colon keeps addresses from becoming links. */
const SPECIAL = /[\\*_~`|<>#+\-[\](){}@:]/;
