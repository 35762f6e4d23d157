import type { ReplyLanguage } from '../../../core/nouns.ts';
import type { Facts, ReplyLimit } from '../../../core/ports.ts';
import { simplify } from '../script.ts';

/** A text on its way out, with all that the guard rails look at. */
export interface Reply {
  text: string;
  lang: ReplyLanguage;
  facts: Facts;
  /** In a lane for fraud or legal matters. */
  regulated?: boolean;
  limit: ReplyLimit;
  /** What we said in this thread before. */
  recent: readonly string[];
  /** Personal data of the author that must not be repeated, as they wrote it. */
  theirs: readonly string[];
}

/** One rule. `check` gives the reason for a reviewer, in English, or nothing when all is well. It never throws. */
export interface GuardRail {
  /** Stable; the screen translates by it. */
  name: string;
  check(reply: Reply): string | undefined;
}

/** No reply is longer than this many UTF-16 units. It keeps the reading below cheap whatever somebody pastes. */
export const LONGEST_REPLY = 20_000;

const INVISIBLE = /(?:[\p{Cf}\u115F\u1160\u3164]|\u034F|[\uFE00-\uFE0F])/gu;

/** The last texts and how they read: a dozen rules look at one text in a row, and the facts are always the same. */
const read = new Map<string, string>();
const REMEMBERED = 64;

/** A text as the rules read it: no width, case, script or invisible character hides a word. */
export function fold(text: string): string {
  const known = read.get(text);
  if (known !== undefined) return known;
  const folded = foldAnew(text);
  if (read.size >= REMEMBERED) read.clear();
  if (text.length <= LONGEST_REPLY) read.set(text, folded);
  return folded;
}

function foldAnew(text: string): string {
  const plain = text.slice(0, LONGEST_REPLY).normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  return simplify(plain)
    .replace(/[’‘´`]/g, "'")
    .replace(/[“”]/g, '"');
}

/** A piece of text as it is quoted in a reason. */
export function quoted(piece: string): string {
  const short = piece.trim().replace(/\s+/g, ' ');
  return `“${short.length > 60 ? `${short.slice(0, 60)}…` : short}”`;
}

/** Sentences of a folded text. A full stop inside a word or number ends none. */
export function sentences(folded: string): string[] {
  return folded.split(/[。！？；!?;\n]+|\.(?=\s|$)/u).filter((sentence) => sentence.trim() !== '');
}
