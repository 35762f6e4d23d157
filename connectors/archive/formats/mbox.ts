import { lines, OpenLine, type Position } from '../lines.ts';
import { readMail } from '../mail.ts';
import type { Format, Input } from './format.ts';

/** Longer messages are skipped without being held. */
const MAX_MESSAGE_BYTES = 25 * 1024 * 1024;

/** "From someone@example.com Tue Oct 31 22:10:47 2017": an envelope line, with a time of day and a year. */
const ENVELOPE = /^From \S.*\b\d{1,2}:\d{2}\b.*\b\d{4}\b/;

/** Messages one after the other, each behind an envelope line; lines in them that look like one begin with ">". */
export const mbox: Format = {
  start: ({ file }) => ({ offset: file.bomLength, line: 0 }),
  async *read(input, from) {
    for await (const message of messages(input, from)) {
      const where = `message in line ${message.first}`;
      if (message.bytes) yield { next: message.next, ...(await readMail(message.bytes, where)) };
      else yield { next: message.next, skip: `${where}: longer than 25 MB` };
    }
  },
};

interface RawMessage {
  bytes: Buffer | undefined;
  /** Number of its first line. */
  first: number;
  next: Position;
}

async function* messages({ file }: Input, from: Position): AsyncGenerator<RawMessage> {
  const open = new OpenLine(MAX_MESSAGE_BYTES);
  let first = from.line + 1;
  let end = from;
  for await (const batch of lines(file.read(from.offset), from, MAX_MESSAGE_BYTES)) {
    for (const { bytes, next } of batch) {
      if (bytes && isEnvelope(bytes)) {
        if (open.length > 0) yield { bytes: open.close(NOTHING), first, next: end };
        first = next.line;
      } else {
        if (bytes) open.add(unescaped(bytes));
        else open.spoil();
      }
      end = next;
    }
  }
  if (open.length > 0) yield { bytes: open.close(NOTHING), first, next: end };
}

const NOTHING = Buffer.alloc(0);

function isEnvelope(line: Buffer): boolean {
  return line[0] === 0x46 && line.length < 1000 && ENVELOPE.test(line.toString('latin1'));
}

/** ">From " at the start of a line was "From ", and ">>From " was ">From ". */
function unescaped(line: Buffer): Buffer {
  if (line[0] !== 0x3e) return line;
  return /^>+From /.test(line.toString('latin1', 0, 200)) ? line.subarray(1) : line;
}
