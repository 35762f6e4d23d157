import type { MasterReply } from '../core/incidents.ts';
import type { ReplyLanguage } from '../core/nouns.ts';

/**
 * Light variations of a master reply: its wordings, each with one of a few openings. So ten people in one room do not read
 * the same words ten times, and nobody has to write ten texts.
 */
export interface Wording {
  text: string;
  /** The same in the other language, for a reviewer who does not read the author's. */
  twin?: string;
}

const OPENINGS: Record<'zh' | 'en', readonly string[]> = {
  zh: ['', '您好，', '您好，感谢反馈。', '谢谢您告诉我们。'],
  en: ['', 'Hello, ', 'Thanks for telling us. ', 'Hi there, '],
};

/**
 * All variations in a language, those with another wording first: two of them in one thread differ as much as they can.
 *
 * @param start shifts where the list begins, so that different mentions begin with different words
 */
export function variations(
  reply: Pick<MasterReply, 'zh' | 'en'>,
  lang: ReplyLanguage,
  start: number,
  toTraditional: (text: string) => string,
): Wording[] {
  const own = lang === 'en' ? 'en' : 'zh';
  const other = own === 'en' ? 'zh' : 'en';
  const wordings = reply[own].filter((text) => text.trim() !== '');
  const openings = OPENINGS[own];
  const found: Wording[] = [];
  for (let round = 0; round < openings.length; round++) {
    for (let at = 0; at < wordings.length; at++) {
      const wording = (at + start) % wordings.length;
      const opening = (round + start) % openings.length;
      const written = open(own, openings[opening] ?? '', wordings[wording] ?? '');
      const text = lang === 'zh-Hant' ? toTraditional(written) : written;
      const twin = reply[other][wording] ?? reply[other][0];
      found.push({ text, ...(twin && { twin: open(other, OPENINGS[other][opening] ?? '', twin) }) });
    }
  }
  return found;
}

function open(lang: 'zh' | 'en', opening: string, text: string): string {
  if (opening === '' || /^(?:您好|hello|hi\b|thanks|thank you|谢谢|感谢)/i.test(text)) return text;
  // "Hello, we see …": the sentence goes on after a comma.
  const goesOn =
    lang === 'en' && opening.endsWith(', ') && /^(?:We|Our|There|Several|Some|You|This|The|Good|A)\b/.test(text);
  return opening + (goesOn ? (text[0] ?? '').toLowerCase() + text.slice(1) : text);
}

/** A number that is the same for a mention every time. */
export function turnOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
