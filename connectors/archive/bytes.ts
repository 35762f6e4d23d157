/** A file's bytes: read from any place, unpacked on the way, and in which encoding its text is. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import { ConnectorError } from '#kit';

/** As much of a file as is looked at to tell what it is. */
const HEAD_BYTES = 64 * 1024;
/** Small enough that what a chunk becomes is gone before the collector of garbage counts it as old. */
const CHUNK_BYTES = 32 * 1024;

/** A file as a stream of UTF-8, whatever it is packed and encoded with. */
export class ArchiveFile {
  readonly path: string;
  readonly size: number;
  readonly changedAt: number;
  /** Hash of the first bytes as they lie on the disk. */
  readonly digest: string;
  readonly packing: Packing;
  /** The first bytes of the unpacked text as UTF-8. */
  head: Buffer;
  /** What the text is encoded in. `utf-8` text is passed on as it is, faults included. */
  encoding = 'utf-8';
  /** True when nobody named the encoding and no byte order mark told it. */
  guessed = false;
  /** Bytes of the file that are read. */
  bytesRead = 0;
  /** Why the packed data broke off, once it did. */
  damage: string | undefined;

  private constructor(path: string, size: number, changedAt: number, raw: Buffer, packing: Packing) {
    this.path = path;
    this.size = size;
    this.changedAt = changedAt;
    this.digest = createHash('sha256').update(raw).digest('hex').slice(0, 32);
    this.packing = packing;
    this.head = raw;
  }

  /**
   * @param encoding a label, or `auto`
   * @throws ConnectorError `rejected` for what is missing, empty, forbidden, a folder or packed in a way we do not read
   */
  static async open(path: string, encoding: string): Promise<ArchiveFile> {
    const { size, mtimeMs } = await statOf(path);
    const raw = await readStart(path);
    const packing = packingOf(raw);
    if (typeof packing === 'object') {
      throw rejected(path, `is a ${packing.unknown} archive. Unpack it and import the file inside`);
    }
    const file = new ArchiveFile(path, size, Math.round(mtimeMs), raw, packing);
    if (packing !== 'none') file.head = await file.#unpackedHead();
    const isMail = /^(\xEF\xBB\xBF)?From /.test(file.head.toString('latin1', 0, 8));
    // Mail names the encoding of each part itself.
    const guess = isMail ? { encoding: 'utf-8', sure: true } : guessEncoding(file.head, encoding);
    file.encoding = guess.encoding;
    file.guessed = !guess.sure;
    if (file.encoding !== 'utf-8') file.head = transcodeOnce(file.head, file.encoding);
    return file;
  }

  /** Whether offsets of the text are offsets of the file, so that reading can start anywhere at once. */
  get seekable(): boolean {
    return this.packing === 'none' && this.encoding === 'utf-8';
  }

  /** The length of the byte order mark at the start of the text. */
  get bomLength(): number {
    return this.head.toString('latin1', 0, 3) === '\xEF\xBB\xBF' ? 3 : 0;
  }

  /** The text from an offset on. A packed or re-encoded file is read up to there first. */
  async *read(offset: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    let skip = this.seekable ? 0 : offset;
    for await (const chunk of this.seekable ? this.#raw(offset) : this.#text()) {
      signal.throwIfAborted();
      if (skip < chunk.length) yield chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  }

  async *#text(): AsyncGenerator<Buffer> {
    const bytes = this.#unpacked();
    if (this.encoding === 'utf-8') return yield* bytes;
    const decoder = new TextDecoder(this.encoding, { ignoreBOM: true });
    for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  }

  async *#unpacked(): AsyncGenerator<Buffer> {
    try {
      yield* unpack(this.#raw(0), this.packing);
    } catch (error) {
      if (error instanceof ConnectorError) throw error;
      this.damage = (error as Error).message;
    }
  }

  async *#raw(start: number): AsyncGenerator<Buffer> {
    this.bytesRead = start;
    const stream = createReadStream(this.path, { start, highWaterMark: CHUNK_BYTES });
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        this.bytesRead += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw ioFailure(this.path, error);
    }
  }

  async #unpackedHead(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.#unpacked()) {
      pieces.push(chunk);
      size += chunk.length;
      if (size >= HEAD_BYTES) break;
    }
    if (size === 0) {
      throw rejected(this.path, `cannot be unpacked (${this.damage ?? 'nothing inside'}). Get the file again`);
    }
    return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
  }
}

/** Decoding may stop in the middle of a character at the end of the head; what it makes of that does not matter. */
function transcodeOnce(head: Buffer, encoding: string): Buffer {
  return Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(head, { stream: true }));
}

/** @throws ConnectorError `rejected` unless it is a file with something in it */
export async function statOf(path: string): Promise<{ size: number; mtimeMs: number }> {
  const found = await stat(path).catch((error: unknown) => {
    throw ioFailure(path, error);
  });
  if (found.isDirectory()) throw rejected(path, 'is a folder. Name one file in it');
  if (!found.isFile()) throw rejected(path, 'is no ordinary file. Save its content to a file first');
  if (found.size === 0) throw rejected(path, 'is empty');
  return found;
}

async function readStart(path: string): Promise<Buffer> {
  const handle = await open(path).catch((error: unknown) => {
    throw ioFailure(path, error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw ioFailure(path, error);
  } finally {
    await handle.close();
  }
}

export function rejected(path: string, what: string): ConnectorError {
  return new ConnectorError('rejected', `"${path}" ${what}.`);
}

const REASONS: Record<string, string> = {
  ENOENT: 'does not exist. Check the path; it counts from the folder that Earshot runs in',
  ENOTDIR: 'does not exist: a part of its path is a file',
  EACCES: 'may not be read by this user. Change its permissions (chmod u+r) or its owner',
  EPERM: 'may not be read by this user. Change its permissions or its owner',
  EISDIR: 'is a folder. Name one file in it',
  ENAMETOOLONG: 'is no path: it is too long',
};

function ioFailure(path: string, error: unknown): ConnectorError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code ?? ''];
  if (reason) return new ConnectorError('rejected', `"${path}" ${reason}.`, { cause: error });
  return new ConnectorError('unavailable', `"${path}" could not be read: ${message}. Try again.`, { cause: error });
}

type Packing = 'none' | 'gzip' | 'zstd';

/** How a file is packed, by its first bytes; an archive of several files by the name of its kind. */
function packingOf(head: Buffer): Packing | { unknown: string } {
  const start = head.subarray(0, 6).toString('latin1');
  if (start.startsWith('\x1f\x8b')) return 'gzip';
  if (isZstdFrame(head)) return 'zstd';
  if (start.startsWith('PK\x03\x04')) return { unknown: 'zip' };
  if (start.startsWith('BZh')) return { unknown: 'bzip2' };
  if (start.startsWith('\xfd7zXZ')) return { unknown: 'xz' };
  if (start.startsWith('7z\xbc\xaf')) return { unknown: '7z' };
  return 'none';
}

/** A frame of data (RFC 8878, 3.1.1) or a frame to be skipped (3.1.2). */
function isZstdFrame(bytes: Buffer): boolean {
  if (bytes.length < 4) return false;
  const magic = bytes.readUInt32LE(0);
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

/** Reddit dumps are packed with a window of 2 GB, which zstd refuses unless asked. Memory grows only as far as needed. */
const WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 31 } };

/**
 * Unpacks a stream. Everything that could be read comes out before a damaged or cut-off stream throws, which the
 * streams of `node:zlib` alone do not promise; zstd files of several frames, at which they stop, are read to the end.
 */
export async function* unpack(packed: AsyncIterable<Buffer>, packing: Packing): AsyncGenerator<Buffer> {
  if (packing === 'none') return yield* packed;
  // A late error of a stream that nobody reads any more must not end the process.
  const open = () => (packing === 'zstd' ? createZstdDecompress(WINDOW) : createGunzip()).on('error', () => {});
  let stream: Counted | undefined;
  try {
    for await (const piece of packed) {
      for (let rest = piece; rest.length > 0; ) {
        const current = stream ?? open();
        stream = current;
        const before = current.bytesWritten;
        const input = rest;
        yield* drain(current, (done) => current.write(input, done));
        rest = rest.subarray(current.bytesWritten - before);
        if (rest.length === 0) break;
        // The packed data ended before its file did. What follows is another frame, or padding.
        stream = undefined;
        if (packing === 'gzip' || !isZstdFrame(rest)) return;
      }
    }
    const last = stream;
    // Its end is told by the event alone: the callback of `end` comes before the last bytes are checked.
    if (last) yield* drain(last, (done) => last.once('end', done).end());
  } finally {
    stream?.destroy();
  }
}

/** `bytesWritten` counts the packed bytes that were truly used. */
type Counted = Transform & { bytesWritten: number };

/** Does one write and hands out all that it brings. */
async function* drain(
  stream: Counted,
  write: (done: (error?: Error | null) => void) => unknown,
): AsyncGenerator<Buffer> {
  const seen: { written?: true; failure?: Error } = {};
  let wake = () => {};
  const listeners: [string, (error: Error) => void][] = [
    ['readable', () => wake()],
    ['error', (failure) => note({ failure })],
  ];
  const note = (news: typeof seen) => {
    Object.assign(seen, news);
    wake();
  };
  for (const [event, listener] of listeners) stream.on(event, listener);
  try {
    write((error) => note({ written: true, ...(error && { failure: error }) }));
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) yield chunk as Buffer;
      if (seen.failure) throw seen.failure;
      if (seen.written) return;
      await woken;
    }
  } finally {
    for (const [event, listener] of listeners) stream.off(event, listener);
  }
}

/** Characters that no Chinese text of some length does without, in both scripts. */
const COMMON_HAN = new Set(
  '的是一不了在有我人這这个個到們们大来來上你他要就也出可以会會没沒为為说說得能多好么麼还還，。！？',
);

interface Guess {
  encoding: string;
  /** False when only the content speaks for it. */
  sure: boolean;
}

/**
 * The encoding of a text by the wish of a person, its byte order mark, or its content, in this order. Content decides
 * only between UTF-8 and the two encodings that Chinese spreadsheets come in.
 */
export function guessEncoding(head: Buffer, wish: string): Guess {
  if (wish !== 'auto') return { encoding: new TextDecoder(wish).encoding, sure: true };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', sure: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', sure: true };
  if (isUtf8(head) || damage(head.toString()) < 0.3) return { encoding: 'utf-8', sure: true };
  const [best] = ['gb18030', 'big5']
    .map((encoding) => ({ encoding, score: likeness(new TextDecoder(encoding).decode(head)) }))
    .sort((a, b) => b.score - a.score);
  return best && best.score > 0.05 ? { encoding: best.encoding, sure: false } : { encoding: 'utf-8', sure: true };
}

/** Share of the characters beyond ASCII that could not be read. A few bad bytes do not make another encoding. */
function damage(text: string): number {
  const beyond = text.match(/[^\0-\x7f]/gu) ?? [];
  return beyond.filter((character) => character === '\uFFFD').length / Math.max(1, beyond.length);
}

/** Share of very common Chinese characters, less what could not be read. */
function likeness(text: string): number {
  const beyond = text.match(/[^\0-\x7f]/gu) ?? [];
  const common = beyond.filter((character) => COMMON_HAN.has(character)).length;
  return common / Math.max(1, beyond.length) - damage(text);
}
