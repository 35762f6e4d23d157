import { scriptsOf, simplify } from '../script.ts';
import { fold, type GuardRail, LONGEST_REPLY, quoted, type Reply } from './reply.ts';

export const notEmpty: GuardRail = {
  name: 'not-empty',
  check: ({ text }) => (/[\p{L}\p{N}]/u.test(text) ? undefined : 'There are no words in it. Write the reply.'),
};

export const length: GuardRail = {
  name: 'length',
  check: ({ text, limit }) => {
    if (text.length > LONGEST_REPLY)
      return `It has ${text.length} characters. No reply may have more than ${LONGEST_REPLY}.`;
    const used = limit.lengthOf(text);
    return used > limit.max
      ? `It counts ${used} here, and the platform takes ${limit.max}. Shorten it by ${used - limit.max}.`
      : undefined;
  },
};

export const filled: GuardRail = {
  name: 'filled',
  check: ({ text }) =>
    /\{\{|\}\}|｛｛|｝｝/u.test(text) ? 'A place in double braces was left unfilled. Replace it by words.' : undefined,
};

/** Emoji need their joiner, and some their variation selector; nothing else invisible has a place in a reply. */
const EMOJI = /\p{RGI_Emoji}/gv;
const HIDDEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\u115F\u1160\u2028\u2029\u3164\uFFA0\uFFFD]|\u034F|[^\P{Cc}\n\t]/u;
const MIXED_WORD =
  /[\p{Script=Latin}][\p{M}]*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}][\p{M}]*[\p{Script=Latin}]/u;

export const cleanCharacters: GuardRail = {
  name: 'clean-characters',
  check: ({ text }) => {
    const start = text.slice(0, LONGEST_REPLY);
    // Looking for emoji is slow, and hardly any text needs it.
    const hidden = HIDDEN.test(start) ? HIDDEN.exec(start.replace(EMOJI, '')) : null;
    if (hidden) {
      const code = (hidden[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
      return `It holds a hidden or broken character (U+${code}) that can reorder or disguise text. Remove it; typing the place anew is easiest.`;
    }
    const mixed = MIXED_WORD.exec(start);
    return mixed
      ? `A word mixes letters of two alphabets that look alike (${quoted(mixed[0])}). Type it anew.`
      : undefined;
  },
};

const EVERYONE =
  /[@]\s?(?:everyone|everybody|here|channel|all|group|room|team|online|members|subscribers|全体成员|全体|所有人|全员|大家|全部成员|在线成员)(?![a-z0-9_])|<@&\d+>|<!(?:everyone|here|channel|subteam[^>]*)>|@(?:全体成员|所有人|全员|大家)/u;

export const noMassMention: GuardRail = {
  name: 'no-mass-mention',
  check: ({ text }) => {
    const call = EVERYONE.exec(fold(text));
    return call ? `${quoted(call[0])} would alert many people at once. Take it out.` : undefined;
  },
};

const NOT_LANGUAGE = /https?:\/\/\S+|[^\s@]{1,64}@[^\s@]+|[@#][\p{L}\p{N}_]+/gu;

/** What is wrong with the language of a text, or nothing. The workspace's own names may be in any language. */
function wrongLanguage({ text, lang, facts }: Reply): string | undefined {
  let words = text.slice(0, LONGEST_REPLY).replace(NOT_LANGUAGE, ' ');
  for (const own of [facts.signature, facts.appFeedbackPath, facts.product])
    if (own) words = words.replaceAll(own, ' ');
  const { han, simplified, traditional, latinWords, otherLetters } = scriptsOf(words);
  if (otherLetters > 12 && otherLetters > (han + latinWords * 4) * 0.1) return 'It is written in another script';
  // A handful of letters, such as "OK", says nothing.
  if (han + latinWords < 3) return undefined;
  if (lang === 'en')
    return han > latinWords * 0.25 ? 'It is written in Chinese, and the author writes English' : undefined;
  if (latinWords > han * 0.5) return 'It is written in English, and the author writes Chinese';
  const wrong = lang === 'zh-Hant' ? simplified : traditional;
  const right = lang === 'zh-Hant' ? traditional : simplified;
  if (wrong.length > 1 && wrong.length > right.length * 0.15) {
    const [theirs, ours] = lang === 'zh-Hant' ? ['Traditional', 'Simplified'] : ['Simplified', 'Traditional'];
    return `It uses ${ours} characters (${quoted(wrong.slice(0, 6).join(''))}), and the author writes ${theirs}`;
  }
  return undefined;
}

export const authorsLanguage: GuardRail = {
  name: 'language',
  check: (reply) => {
    const wrong = wrongLanguage(reply);
    return wrong && `${wrong}. Take a template in the author's language, or translate.`;
  },
};

/** Runs of three letters or digits, which also work inside Chinese sentences. */
function trigrams(text: string): Set<string> {
  const letters = simplify(fold(text)).replace(/[^\p{L}\p{N}]/gu, '');
  const runs = new Set<string>();
  for (let at = 0; at + 3 <= letters.length; at++) runs.add(letters.slice(at, at + 3));
  return runs;
}

/** How much of the shorter text also stands in the other: 0 to 1. Nothing, where one is much the shorter. */
function sharedWords(one: string, other: string): number {
  const a = trigrams(one);
  const b = trigrams(other);
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  // A greeting or a word of thanks is part of many replies.
  if (few.size < 5 || few.size < many.size * 0.4) return one.trim() === other.trim() ? 1 : 0;
  let shared = 0;
  for (const run of few) if (many.has(run)) shared++;
  return shared / few.size;
}

/** Above this, two replies read as the same one. Two wordings of one advice share about half. */
const SAME_WORDS = 0.8;

export const notRepeated: GuardRail = {
  name: 'not-repeated',
  check: ({ text, recent }) =>
    recent.some((said) => sharedWords(text, said) >= SAME_WORDS)
      ? 'We said this in the same thread already. Take another template, or say something new.'
      : undefined,
};
