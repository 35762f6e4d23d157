import { MAX_RECORD_BYTES, OpenLine, type Position } from './lines.ts';

export interface Element {
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
