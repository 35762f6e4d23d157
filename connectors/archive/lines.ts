/** Where an item ends: bytes and lines before that place. */
export interface Position {
  offset: number;
  line: number;
}

export interface Line {
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
