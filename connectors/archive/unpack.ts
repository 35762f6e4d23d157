import type { Transform } from 'node:stream';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';

export type Packing = 'none' | 'gzip' | 'zstd';

/** How a file is packed, by its first bytes; an archive of several files by the name of its kind. */
export function packingOf(head: Buffer): Packing | { unknown: string } {
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
