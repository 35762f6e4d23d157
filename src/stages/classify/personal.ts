import type { PersonalSpan } from '../../core/nouns.ts';
import type { Finder } from './personal/finder.ts';
import { NUMBERS } from './personal/numbers.ts';
import { PHONES } from './personal/phones.ts';
import { SECRETS } from './personal/secrets.ts';
import { findSeedPhrases } from './personal/seed-phrases.ts';
import { WALLETS } from './personal/wallets.ts';

/** In this order: what was found first keeps its place. */
const FINDERS: readonly Finder[] = [...WALLETS, ...NUMBERS.checked, ...PHONES, ...SECRETS, ...NUMBERS.named];

/**
 * Finds personal data in a text of any language, with exact UTF-16 offsets. Imports nothing heavy, so that whoever
 * masks, logs or exports may use it. Runs in time proportional to the text.
 */
export function findPersonal(text: string): PersonalSpan[] {
  const read = narrow(text);
  const spans: PersonalSpan[] = findSeedPhrases(read);
  const taken = new Uint8Array(read.length);
  for (const { start, end } of spans) taken.fill(1, start, end);
  for (const { kind, pattern, group, accept, needs } of FINDERS) {
    if (needs && !needs.test(read)) continue;
    for (const match of read.matchAll(pattern)) {
      const range = match.indices?.[group ?? 0];
      if (!range) continue;
      const [start, end] = range;
      if (accept && !accept(read.slice(start, end), read, start)) continue;
      if (taken.subarray(start, end).includes(1)) continue;
      taken.fill(1, start, end);
      spans.push({ kind, start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** The text with each piece of personal data replaced by a word for its kind: "[card-number]". */
export function maskPersonal(text: string, spans: readonly PersonalSpan[] = findPersonal(text)): string {
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of spans) {
    if (start < at) continue;
    masked += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  return masked + text.slice(at);
}

/** Full-width signs as ASCII, unit for unit, so that offsets stay. */
function narrow(text: string): string {
  if (!/[\uff01-\uff5e\u3000]/.test(text)) return text;
  return text.replace(/[\uff01-\uff5e\u3000]/g, (char) =>
    char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}
