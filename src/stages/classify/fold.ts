import traditionalToSimplified from 'opencc-js/dict/TSCharacters';

/**
 * A text as the voices see it, with the way back. `starts[i]` and `ends[i]` are the UTF-16 offsets in the original of
 * what the folded unit `i` came from, so that evidence found in the folded text can be shown in what the author wrote.
 */
export interface Folded {
  text: string;
  starts: Uint32Array;
  ends: Uint32Array;
}

/** Where in the original the folded range from `from` up to, without, `to` lies. */
export function originalSpan(folded: Folded, from: number, to: number): { start: number; end: number } {
  return { start: folded.starts[from] ?? 0, end: folded.ends[to - 1] ?? 0 };
}

/** Texts longer than this many UTF-16 units are analysed by their head and their tail only. */
export const ANALYSED_HEAD = 6000;
export const ANALYSED_TAIL = 2000;

/** The ranges of a text that are analysed: all of it, or head and tail of a very long one. */
export function analysedRanges(length: number): [number, number][] {
  if (length <= ANALYSED_HEAD + ANALYSED_TAIL) return [[0, length]];
  return [
    [0, ANALYSED_HEAD],
    [length - ANALYSED_TAIL, length],
  ];
}

const simplified = new Map<number, string>();
for (const pair of traditionalToSimplified.split('|')) {
  const [from = '', to = ''] = pair.split(' ');
  // opencc lists several candidates for some characters; the first is the usual one, as in opencc itself.
  if (from && to) simplified.set(from.codePointAt(0) as number, to);
}

/** True for a Chinese character that simplified writing replaces. */
export function isTraditional(codePoint: number): boolean {
  return simplified.has(codePoint);
}

const INVISIBLE = /[\p{Cf}\p{M}]/u;
const SPACE = /[\s\p{Cc}]/u;
const QUOTES: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '´': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '—': '-',
  '–': '-',
};

/** One code point, folded for width, case, accents and script. Nothing for what cannot be seen. */
function foldCodePoint(codePoint: number): string {
  const char = String.fromCodePoint(codePoint);
  // First: the byte order mark is both, and hides in the middle of words.
  if (INVISIBLE.test(char)) return '';
  if (SPACE.test(char)) return ' ';
  // A lone surrogate is no character: it parts words and is never repeated.
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return ' ';
  const quote = QUOTES[char];
  if (quote) return quote;
  const simple = simplified.get(codePoint);
  if (simple) return simple;
  // Accents go from Latin, Greek and Cyrillic; kana and Hangul would fall apart, so they are only composed.
  const wide = codePoint < 0x2000 ? char.normalize('NFKD').replace(/\p{M}/gu, '') : char.normalize('NFKC');
  const lower = wide.toLowerCase().replace(/\s+/gu, ' ');
  return [...lower].map((c) => simplified.get(c.codePointAt(0) as number) ?? c).join('');
}

const cache = new Map<number, string>();

function folding(codePoint: number): string {
  let folded = cache.get(codePoint);
  if (folded === undefined) {
    folded = foldCodePoint(codePoint);
    cache.set(codePoint, folded);
  }
  return folded;
}

const isLetterOrMark = (unit: number) => !(unit >= 48 && unit <= 57);

/**
 * Folds width (NFKC), case, accents and Traditional characters, drops what is invisible, makes every run of white space
 * one space and every run of the same letter or sign at most two ("soooo" and "soo" are one word; digits stay).
 */
export function fold(text: string): Folded {
  const ranges = analysedRanges(text.length);
  const size = ranges.reduce((sum, [from, to]) => sum + (to - from), 0);
  const sink = new Sink(size + 16);
  for (const [from, to] of ranges) {
    if (from > 0) sink.push(32, from, from);
    foldRange(text, from, to, sink);
  }
  return sink.done();
}

function foldRange(text: string, from: number, to: number, sink: Sink): void {
  for (let at = from; at < to; ) {
    const unit = text.charCodeAt(at);
    if (unit < 128 && unit > 32 && unit !== 96) {
      sink.push(unit >= 65 && unit <= 90 ? unit + 32 : unit, at, at + 1);
      at++;
      continue;
    }
    const codePoint = text.codePointAt(at) as number;
    const end = Math.min(to, at + (codePoint > 0xffff ? 2 : 1));
    const folded = folding(end - at === 1 && codePoint > 0xffff ? unit : codePoint);
    for (let i = 0; i < folded.length; i++) sink.push(folded.charCodeAt(i), at, end);
    at = end;
  }
}

/** Collects folded units with their origin; grows, since one character may fold to several. */
class Sink {
  private units: Uint16Array;
  private starts: Uint32Array;
  private ends: Uint32Array;
  private length = 0;

  constructor(size: number) {
    this.units = new Uint16Array(size);
    this.starts = new Uint32Array(size);
    this.ends = new Uint32Array(size);
  }

  push(unit: number, start: number, end: number): void {
    const n = this.length;
    const last = n > 0 ? (this.units[n - 1] as number) : 32;
    if (unit === 32 && last === 32) return;
    if (n > 1 && unit === last && unit === this.units[n - 2] && isLetterOrMark(unit)) {
      this.ends[n - 1] = end;
      return;
    }
    if (n === this.units.length) this.grow();
    this.units[n] = unit;
    this.starts[n] = start;
    this.ends[n] = end;
    this.length = n + 1;
  }

  done(): Folded {
    const { length } = this;
    return {
      text: decodeUnits(this.units, length),
      starts: this.starts.subarray(0, length),
      ends: this.ends.subarray(0, length),
    };
  }

  private grow(): void {
    const bigger = <A extends Uint16Array | Uint32Array>(old: A, make: new (n: number) => A): A => {
      const next = new make(old.length * 2);
      next.set(old as never);
      return next;
    };
    this.units = bigger(this.units, Uint16Array as never);
    this.starts = bigger(this.starts, Uint32Array as never);
    this.ends = bigger(this.ends, Uint32Array as never);
  }
}

function decodeUnits(units: Uint16Array, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 4096) {
    text += String.fromCharCode(...units.subarray(at, Math.min(length, at + 4096)));
  }
  return text;
}

/** A folded range to be replaced by one unit. */
export interface Replacement {
  from: number;
  to: number;
  by: string;
}

/** Replaces ranges (in order, not overlapping) of a folded text; what replaces them points to the whole range. */
export function replaceRanges(folded: Folded, replacements: readonly Replacement[]): Folded {
  if (replacements.length === 0) return folded;
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let at = 0;
  const copy = (to: number) => {
    text += folded.text.slice(at, to);
    for (let i = at; i < to; i++) {
      starts.push(folded.starts[i] as number);
      ends.push(folded.ends[i] as number);
    }
  };
  for (const { from, to, by } of replacements) {
    if (from < at) continue;
    copy(from);
    const { start, end } = originalSpan(folded, from, to);
    text += by;
    for (let i = 0; i < by.length; i++) {
      starts.push(start);
      ends.push(end);
    }
    at = to;
  }
  copy(folded.text.length);
  return { text, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}
