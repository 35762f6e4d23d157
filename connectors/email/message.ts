import { Transform, type TransformCallback } from 'node:stream';
import type { MessageStructureObject } from 'imapflow';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { cleanText, decodeBytes, htmlToText } from '#kit';

/** So much of a mail is read. What is longer holds files, and of those we only keep the names. */
export const MOST_BYTES = 256 * 1024;
/** Longer texts are cut: nobody wrote that by hand. */
const MOST_TEXT = 200_000;
/** Four letters for three bytes, and an end of line after 76 of them. */
const OF_BASE64 = (3 / 4) * (76 / 78);

export interface Person {
  address: string;
  name: string;
}

export interface File {
  name: string;
  type: string;
  bytes?: number;
  /** What is in it, where the mail was read whole. */
  content?: Buffer;
  /** Where it lies in a mail that was not. */
  part?: string;
}

/** A mail as far as we use it. */
export interface Mail {
  id: string | undefined;
  subject: string;
  from: Person[];
  replyTo: Person[];
  to: Person[];
  inReplyTo: string | undefined;
  /** Ids of the conversation, its beginning first. */
  references: string[];
  text: string;
  files: File[];
  /** Of a delivery report: the mail that it is about. */
  returned: { id: string | undefined; references: string[] } | undefined;
  /** The text of each header of this name, the topmost first. */
  header(name: string): string[];
}

/** One message (RFC 5322, MIME), or the beginning of a long one. Nothing in it is run, unpacked or fetched. @throws Error */
export async function readMail(bytes: Buffer): Promise<Mail> {
  const parsed = await parseBest(bytes);
  const header = (name: string) =>
    parsed.headerLines
      .filter(({ key }) => key === name)
      .map(({ line }) =>
        line
          .slice(line.indexOf(':') + 1)
          .replace(/\s+/g, ' ')
          .trim(),
      );
  const references = idsIn(header('references').join(' '));
  const inReplyTo = idsIn(header('in-reply-to').join(' '))[0] ?? references.at(-1);
  return {
    id: idsIn(header('message-id').join(' '))[0],
    subject: oneLine(parsed.subject),
    from: peopleIn(parsed.from),
    replyTo: peopleIn(parsed.replyTo),
    to: peopleIn(parsed.to),
    inReplyTo,
    references: references.length > 0 ? references : inReplyTo ? [inReplyTo] : [],
    text: textOf(parsed),
    files: parsed.attachments.map(({ filename, contentType, size, content }) => ({
      ...fileOf(filename, contentType, size),
      content,
    })),
    returned: await returnedIn(parsed),
    header,
  };
}

/** What calls itself ASCII or UTF-8 and is neither, or does not say, is read once more by its content as a whole. */
async function parseBest(bytes: Buffer): Promise<ParsedMail> {
  const parsed = await parse(bytes);
  if (lostIn(parsed) === 0) return parsed;
  const again = await parse(Buffer.from(decodeBytes(bytes), 'utf8'));
  return lostIn(again) < lostIn(parsed) ? again : parsed;
}

/** How many characters could not be read. */
function lostIn({ subject = '', text = '', html, from }: ParsedMail): number {
  return `${subject}${from?.text}${text || html}`.split('\uFFFD').length - 1;
}

function parse(bytes: Buffer): Promise<ParsedMail> {
  return simpleParser(bytes, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
    keepDeliveryStatus: true,
    Iconv: Decoder,
  });
}

/** Names that mail programs use and the standard does not know. */
const CODE_PAGES: Record<string, string> = { cp932: 'shift_jis', cp936: 'gbk', cp949: 'euc-kr', cp950: 'big5' };

/**
 * In place of the parser's own decoder: GB 18030 that calls itself GB 2312, Big5 without a label, and all else that `#kit`
 * knows of wrong labels.
 */
class Decoder extends Transform {
  readonly #charset: string;
  readonly #chunks: Buffer[] = [];

  constructor(charset: string) {
    super();
    this.#charset = CODE_PAGES[charset.toLowerCase()] ?? charset;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, this.convert(Buffer.concat(this.#chunks)));
  }

  convert(bytes: Buffer | string): Buffer {
    const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'binary') : bytes;
    return Buffer.from(decodeBytes(raw, `text/plain; charset=${this.#charset}`), 'utf8');
  }
}

function textOf({ text, html }: ParsedMail): string {
  const plain = cleanText((text ?? '').slice(0, MOST_TEXT));
  if (plain || !html) return plain;
  return htmlToText(html.slice(0, 5 * MOST_TEXT)).slice(0, MOST_TEXT);
}

/** A delivery report holds the mail that came back, or its headers. */
async function returnedIn({ attachments }: ParsedMail): Promise<Mail['returned']> {
  const part = attachments.find(({ contentType }) => /^(?:message\/rfc822|text\/rfc822-headers)$/i.test(contentType));
  if (!part) return undefined;
  const { headerLines } = await parse(part.content);
  const idsOf = (name: string) => idsIn(headerLines.find(({ key }) => key === name)?.line ?? '');
  return { id: idsOf('message-id')[0], references: idsOf('references') };
}

function peopleIn(found: AddressObject | AddressObject[] | undefined): Person[] {
  return [found ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap((one) => one.group ?? one))
    .flatMap(({ address, name }) =>
      isAddress(address) ? [{ address: address.toLowerCase(), name: oneLine(name) }] : [],
    );
}

/** One that a reply could go to. What hides a second one in it is none. */
export function isAddress(address: string | undefined): address is string {
  return (
    address !== undefined && address.length <= 254 && /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]+$/.test(address)
  );
}

/** Ids without their angle brackets, each once. What is longer than any real one is left out. */
function idsIn(line: string): string[] {
  const ids = [...line.slice(0, 20_000).matchAll(/<([^<>\s]{1,250})>/g)].map(([, id = '']) => cleanText(id));
  return [...new Set(ids)].filter(Boolean);
}

/** Names are shown to people, so no direction mark may turn `exe.gnp` around, and no path leads anywhere. */
export function fileOf(name: string | undefined, type: string | undefined, bytes?: number): File {
  const shown = oneLine(name)
    .replace(/[\u061C\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .split(/[\\/]/)
    .at(-1)
    ?.trim()
    .slice(0, 120);
  return {
    name: shown?.toWellFormed() || 'file',
    type: /^[\w.+-]+\/[\w.+-]+$/.test(type ?? '') ? (type ?? '').toLowerCase().slice(0, 100) : 'unknown type',
    ...(bytes !== undefined && { bytes }),
  };
}

/** The files of a mail that is too long to be read whole, by its structure alone. */
export function filesIn(structure: MessageStructureObject | undefined): File[] {
  return leavesOf(structure)
    .filter((part) => !isText(part))
    .map(({ type, parameters, dispositionParameters, encoding, size, part }) => {
      const bytes = size !== undefined && encoding?.toLowerCase() === 'base64' ? Math.floor(size * OF_BASE64) : size;
      return { ...fileOf(dispositionParameters?.filename ?? parameters?.name, type, bytes), ...(part && { part }) };
    });
}

/** The part that holds what was written, where the beginning of the mail did not. */
export function textPartOf(structure: MessageStructureObject | undefined): MessageStructureObject | undefined {
  const texts = leavesOf(structure).filter((part) => part.part && isText(part));
  return texts.find(({ type }) => type === 'text/plain') ?? texts[0];
}

function isText({ type, disposition }: MessageStructureObject): boolean {
  return /^text\/(?:plain|html)$/i.test(type) && disposition?.toLowerCase() !== 'attachment';
}

function leavesOf(structure: MessageStructureObject | undefined): MessageStructureObject[] {
  const leaves: MessageStructureObject[] = [];
  const waiting = structure ? [structure] : [];
  for (let part = waiting.pop(); part && leaves.length < 200; part = waiting.pop()) {
    if (part.childNodes) waiting.push(...part.childNodes.toReversed());
    else leaves.push(part);
  }
  return leaves;
}

export function oneLine(text: string | undefined): string {
  return cleanText((text ?? '').slice(0, 2000))
    .replace(/\s+/g, ' ')
    .trim();
}
