/** Mailboxes: one mail after the other, each as a record, automatic mail left out. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { automaticMail, cleanText, htmlToText, type MailHead } from '#kit';
import type { Said } from '../messages.ts';
import { compact, instant, OpenLine, type Position } from '../text.ts';
import type { Format, Item, Outcome } from './format.ts';

/** Longer messages are skipped without being held. */
const MAX_MESSAGE_BYTES = 25 * 1024 * 1024;

/** "From someone@example.com Tue Oct 31 22:10:47 2017": an envelope line, with a time of day and a year. */
const ENVELOPE = /^From \S.*\b\d{1,2}:\d{2}\b.*\b\d{4}\b/;
const MAX_ENVELOPE_BYTES = 1000;
const NEWLINE = 10;

/** Messages one after the other, each behind an envelope line; lines in them that look like one begin with ">". */
export const mbox: Format = {
  start: ({ file }) => ({ offset: file.bomLength, line: 0 }),
  async *read({ file, signal }, from) {
    const splitter = new MailSplitter(from);
    for await (const chunk of file.read(from.offset, signal)) {
      for (const message of splitter.push(chunk)) yield await itemOf(message);
    }
    for (const message of splitter.finish()) yield await itemOf(message);
  },
};

async function itemOf({ bytes, next }: RawMessage): Promise<Item> {
  const where = `message ${next.line}`;
  return bytes ? { next, ...(await readMail(unescaped(bytes), where)) } : { next, skip: `${where}: longer than 25 MB` };
}

/** ">From " at the start of a line was "From ", and ">>From " was ">From ". */
function unescaped(bytes: Buffer): Buffer {
  if (!bytes.includes('>From ')) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/\n>(>*From )/g, '\n$1'), 'latin1');
}

interface RawMessage {
  /** Without its envelope line, or nothing when it is too long. */
  bytes: Buffer | undefined;
  /** Where the next envelope starts. `line` counts messages. */
  next: Position;
}

/** Cuts a mailbox into its messages while it is read. Give it the bytes in pieces of any size. */
export class MailSplitter {
  readonly #open: OpenLine;
  /** The start of a line that may become an envelope once the rest of it is there. */
  #carry: Buffer = Buffer.alloc(0);
  #atLineStart = true;
  /** Bytes that were given, less `#carry`. */
  #offset: number;
  #count: number;

  constructor(from: Position, maxBytes = MAX_MESSAGE_BYTES) {
    this.#open = new OpenLine(maxBytes);
    this.#offset = from.offset;
    this.#count = from.line;
  }

  push(chunk: Buffer): RawMessage[] {
    if (chunk.length === 0) return [];
    const buffer = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    const messages: RawMessage[] = [];
    let start = 0;
    let at = this.#atLineStart ? 0 : lineAfter(buffer, 0);
    for (at = candidate(buffer, at); at < buffer.length; at = candidate(buffer, at)) {
      const end = lineAfter(buffer, at);
      // The rest of this line is still to come.
      if (end === buffer.length && buffer[end - 1] !== NEWLINE && end - at < MAX_ENVELOPE_BYTES) break;
      if (end - at < MAX_ENVELOPE_BYTES && ENVELOPE.test(buffer.toString('latin1', at, end))) {
        messages.push(...this.#close(buffer.subarray(start, at), this.#offset + at));
        start = end;
      }
      at = end;
    }
    this.#open.add(buffer.subarray(start, at));
    this.#carry = buffer.subarray(at);
    this.#offset += at;
    this.#atLineStart = this.#carry.length > 0 || buffer[at - 1] === NEWLINE;
    return messages;
  }

  /** Call at the end of the input. */
  finish(): RawMessage[] {
    const rest = this.#carry;
    return this.#close(ENVELOPE.test(rest.toString('latin1')) ? Buffer.alloc(0) : rest, this.#offset + rest.length);
  }

  /** Nothing stands before the first envelope. */
  #close(last: Buffer, offset: number): RawMessage[] {
    if (this.#open.length + last.length === 0) return [];
    this.#count += 1;
    return [{ bytes: this.#open.close(last), next: { offset, line: this.#count } }];
  }
}

/** The next line that starts like an envelope, or may do so once more of it is there; else the end. */
function candidate(buffer: Buffer, from: number): number {
  if (from >= buffer.length || startsAlike(buffer, from)) return from;
  const found = buffer.indexOf('\nFrom ', from);
  if (found !== -1) return found + 1;
  const last = buffer.lastIndexOf(NEWLINE) + 1;
  return last > from && startsAlike(buffer, last) ? last : buffer.length;
}

function startsAlike(buffer: Buffer, at: number): boolean {
  const start = buffer.toString('latin1', at, at + 5);
  return start !== '' && 'From '.startsWith(start);
}

function lineAfter(buffer: Buffer, at: number): number {
  const newline = buffer.indexOf(NEWLINE, at);
  return newline === -1 ? buffer.length : newline + 1;
}

/** Longer HTML is cut: nobody writes that much by hand, and turning it into text takes time. */
const MAX_HTML = 1_000_000;

/** One message (RFC 5322, MIME) as an outcome. `where` names it for a person. Never throws. */
export async function readMail(bytes: Buffer, where: string): Promise<Outcome> {
  let mail: ParsedMail;
  try {
    mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  } catch (error) {
    return { skip: `${where}: no readable e-mail (${(error as Error).message.slice(0, 100)})` };
  }
  const nativeId = bare(mail.messageId);
  const id = compact<{ nativeId?: string }>({ nativeId });
  const automatic = automaticMail(headOf(mail));
  if (automatic) return { skip: `${where}: ${automatic.what}`, ...id };
  const said = saidOf(mail);
  return cleanText(said.title ?? said.text) ? { said } : { skip: `${where}: no text in it`, ...id };
}

function saidOf(mail: ParsedMail): Said {
  const from = mail.from?.value[0];
  const address = from?.address?.toLowerCase() || undefined;
  const references = [mail.references ?? []]
    .flat()
    .flatMap((line) => line.split(/\s+/))
    .map(bare)
    .filter((id) => id !== undefined);
  const parentId = bare(mail.inReplyTo?.split(/\s+/)[0]) ?? references.at(-1);
  return compact<Said>({
    id: bare(mail.messageId),
    author: compact({ id: address, handle: address, name: from?.name || undefined }),
    title: mail.subject?.trim() || undefined,
    text: mail.text?.trim() ? mail.text : htmlToText((mail.html || '').slice(0, MAX_HTML)),
    // The parser puts today in the place of a date that it cannot read, so the line itself is read.
    saidAt: instant(headerTexts(mail, 'date')[0]),
    conversationId: references[0] ?? parentId ?? bare(mail.messageId),
    parentId,
    platform: 'email',
  });
}

function headOf(mail: ParsedMail): MailHead {
  const sender = mail.from?.value[0]?.address?.toLowerCase() ?? '';
  return { subject: mail.subject ?? '', sender, header: (name) => headerTexts(mail, name) };
}

/** The text behind the name of each such header as it stands, unfolded. */
function headerTexts(mail: ParsedMail, name: string): string[] {
  const lines = mail.headerLines?.filter(({ key }) => key === name) ?? [];
  return lines.map(({ line }) =>
    line
      .slice(line.indexOf(':') + 1)
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** A message id without its angle brackets. */
function bare(id: string | undefined): string | undefined {
  return id?.trim().replace(/^<|>$/g, '') || undefined;
}
