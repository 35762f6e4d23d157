/** What text in files is made of: lines, elements of a list, values and dates as programs write them. */
import { type Instant, parseDate } from '#kit';

/** A value as one non-empty text, or nothing. Numbers keep their digits. */
export function word(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  // Document databases export ids as {"$oid": "…"} and long numbers as {"$numberLong": "…"}.
  if (isObject(value)) return word(value.$oid ?? value.$numberLong);
  return undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Drops the undefined members, so that "not known" and "not there" are the same. */
export function compact<T extends object>(parts: { [K in keyof T]: T[K] | undefined }): T {
  const known: Partial<T> = {};
  for (const key in parts) if (parts[key] !== undefined) known[key] = parts[key] as T[typeof key];
  return known as T;
}

/**
 * JSON as text, except that whole numbers too long for a double keep their digits as text: ids of 17 and more digits
 * would otherwise meet each other.
 */
export function parseJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const long = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return long && context?.source ? context.source : value;
}

/** How many characters were put in for bytes that mean nothing in the encoding. */
export function countUnreadable(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) count += 1;
  return count;
}

const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** 2017/10/31, 2017.10.31 and 2017年10月31日 */
const YEAR_FIRST = /^(\d{4})\s?[/.年]\s?(\d{1,2})\s?[/.月]\s?(\d{1,2})日?/;

/**
 * A point in time in any of the ways files write it: seconds, milliseconds or microseconds since 1970, or what
 * `parseDate` reads. Nonsense, and what has two readings (3/4/2024), is nothing.
 */
export function instant(value: unknown): Instant | undefined {
  if (typeof value === 'number') return fromNumber(value);
  // Document databases export {"$date": …}, and inside it {"$numberLong": "…"}.
  if (isObject(value)) return instant(value.$date ?? value.$numberLong);
  if (typeof value !== 'string') return undefined;
  const text = value.slice(0, 100).trim();
  if (/^\d{9,17}(\.\d+)?$/.test(text)) return fromNumber(Number(text));
  return plausible(parseDate(text.replace(YEAR_FIRST, '$1-$2-$3')));
}

function fromNumber(value: number): Instant | undefined {
  const milliseconds = value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000;
  return plausible(Math.round(milliseconds));
}

function plausible(milliseconds: number | undefined): Instant | undefined {
  const fits = milliseconds !== undefined && milliseconds >= EARLIEST && milliseconds < LATEST;
  return fits ? milliseconds : undefined;
}

/** Where an item ends: bytes and lines before that place. */
export interface Position {
  offset: number;
  line: number;
}

interface Line {
  /** With its line end, or nothing when it is longer than `MAX_RECORD_BYTES`. */
  bytes: Buffer | undefined;
  /** Behind its line end. Its own number is `next.line`. */
  next: Position;
}

/** Longer records are skipped without being held. */
export const MAX_RECORD_BYTES = 10 * 1024 * 1024;

const NEWLINE = 10;

/**
 * Cuts a stream of bytes at each newline, a batch per chunk. Safe in UTF-8 and every encoding in which the byte 10 only
 * ever means a newline.
 */
export async function* lines(
  chunks: AsyncIterable<Buffer>,
  from: Position,
  maxBytes = MAX_RECORD_BYTES,
): AsyncGenerator<Line[]> {
  const open = new OpenLine(maxBytes);
  let { offset, line } = from;
  for await (const chunk of chunks) {
    const batch: Line[] = [];
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      const bytes = open.close(chunk.subarray(start, at + 1));
      start = at + 1;
      line += 1;
      batch.push({ bytes, next: { offset: offset + start, line } });
    }
    offset += chunk.length;
    open.add(chunk.subarray(start));
    if (batch.length > 0) yield batch;
  }
  if (open.length > 0) yield [{ bytes: open.close(Buffer.alloc(0)), next: { offset, line: line + 1 } }];
}

/** A piece of the input that is still growing, dropped once it is too long. */
export class OpenLine {
  length = 0;
  readonly #maxBytes: number;
  #pieces: Buffer[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.length += bytes.length;
    if (this.length > this.#maxBytes) this.#pieces = [];
    else this.#pieces.push(bytes);
  }

  /** The whole of it with its last bytes, and a new start. Nothing when it was too long. */
  close(last: Buffer): Buffer | undefined {
    const alone = this.length === 0 && last.length <= this.#maxBytes;
    if (!alone) this.add(last);
    const whole = alone ? last : this.length > this.#maxBytes ? undefined : Buffer.concat(this.#pieces);
    this.length = 0;
    this.#pieces = [];
    return whole;
  }
}

interface Element {
  /** One member of the list as JSON text, or nothing when it is too long. */
  bytes: Buffer | undefined;
  /** Where the next member starts, behind the comma. `line` counts members. */
  next: Position;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Cuts a JSON list into its members while it is read, so that a list of any length needs the memory of one member. Give
 * it the bytes behind the opening bracket, in pieces of any size. Cuts only; whether a member is sound JSON is for its
 * reader to find out.
 */
export class ElementSplitter {
  /** The list's closing bracket was seen. */
  closed = false;
  #offset: number;
  #count: number;
  readonly #open: OpenLine;
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor(from: Position, maxBytes = MAX_RECORD_BYTES) {
    this.#offset = from.offset;
    this.#count = from.line;
    this.#open = new OpenLine(maxBytes);
  }

  push(chunk: Buffer): Element[] {
    const elements: Element[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length && !this.closed; at += 1) {
      if (!this.#separates(chunk[at] as number)) continue;
      const element = this.#take(chunk.subarray(start, at), this.#offset + at);
      if (element) elements.push(element);
      start = at + 1;
    }
    if (!this.closed) this.#open.add(chunk.subarray(start));
    this.#offset += chunk.length;
    return elements;
  }

  /** Call at the end of the input: true when it breaks off inside the list. */
  get cutOff(): boolean {
    return !this.closed;
  }

  /** Steps over one byte. True when it ends a member: a comma, or the bracket that closes the list. */
  #separates(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth += 1;
    else if (this.#depth > 0 && (byte === CLOSE_OBJECT || byte === CLOSE_LIST)) this.#depth -= 1;
    else if (this.#depth === 0 && byte === CLOSE_LIST) this.closed = true;
    else return this.#depth === 0 && byte === COMMA;
    return this.closed;
  }

  #take(last: Buffer, at: number): Element | undefined {
    const bytes = this.#open.close(last);
    const nothing = bytes !== undefined && isBlank(bytes);
    if (nothing && this.closed) return undefined;
    this.#count += 1;
    // Behind the last member the place is the bracket itself, so that a reader who goes on from there sees the end.
    return { bytes, next: { offset: this.closed ? at : at + 1, line: this.#count } };
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/**
 * Finds a list at the top of a JSON text, or, with a key, the list under that key of the top object.
 *
 * @returns the offset behind the opening bracket and the members before it, or nothing when it does not start in `head`.
 */
export function findList(head: Buffer, key?: string): { offset: number; before: Record<string, unknown> } | undefined {
  // One character a byte, so that places in the text are offsets.
  const text = head.toString('latin1');
  const opening = /^(?:\xEF\xBB\xBF)?\s*([[{])/.exec(text);
  if (!opening) return undefined;
  if (key === undefined) return opening[1] === '[' ? { offset: opening[0].length, before: {} } : undefined;
  const name = JSON.stringify(key);
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const bracket = /^\s*:\s*\[/.exec(text.slice(at + name.length, at + name.length + 100));
    // Only at the top of the object does everything before it make sound JSON on its own.
    const before = bracket && tryObject(head.subarray(0, at).toString());
    if (before) return { offset: at + name.length + bracket[0].length, before };
  }
  return undefined;
}

function tryObject(beginning: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(`${beginning.replace(/^\uFEFF/, '').replace(/,\s*$/, '')}}`) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
