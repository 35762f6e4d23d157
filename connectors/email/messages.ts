/** What is said by mail: a mail read, in our words, whether it may be answered, and the ids of our answers. */
import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import {
  type Automatic,
  automaticMail,
  cleanText,
  decodeBytes,
  type FoundMention,
  htmlToText,
  type Instant,
  isForward,
  looksForged,
  ownWords,
  type ReplyPermission,
  z,
} from '#kit';
import type { Options } from './index.ts';

/** What a reply needs, as it travels with the mention. */
export const ReplyRef = z.object({
  to: z.string(),
  subject: z.string(),
  id: z.string().optional(),
  references: z.array(z.string()),
});
export type ReplyRef = z.output<typeof ReplyRef>;

/** The first and the newest are enough for every mail program to keep a conversation together. */
const MOST_REFERENCES = 20;

/** Where a mail lay, and when it came. */
interface Place {
  folder: string;
  cameAt: Instant;
}

/** What a mail says, in our words; or why it is left out. */
export function readFound(
  mail: Mail,
  place: Place,
  options: Options,
): FoundMention | { reason: string; nativeId: string } {
  const ours = [options.address, ...options.aliases];
  const author = authorOf(mail, options);
  const head = { ...mail, sender: mail.from[0]?.address ?? '' };
  const forged = looksForged(head, options.authServer);
  // Who only claims to be us is a stranger, and must be heard.
  const own = ours.includes(author.address) && !forged;
  const nativeId = nativeIdOf(mail, place, author.address, options);
  const automatic = own ? undefined : automaticMail(head, options);
  const aboutOurs = automatic?.kind === 'report' && isReplyOfOurs(mail.returned?.id ?? mail.inReplyTo, options);
  if (automatic && !aboutOurs && options.automatic === 'leave-out') return { reason: whyOf(automatic), nativeId };

  const parentId = own
    ? parentOfOurs(mail, options)
    : mail.inReplyTo && idFrom(mail.inReplyTo, options.address, options);
  const about = aboutOurs ? (mail.returned?.references[0] ?? mail.returned?.id) : undefined;
  return {
    nativeId,
    author: {
      // All our addresses are one author to the rest, and a stranger who claims one of them is none of them.
      id: own ? options.address : forged ? `forged ${author.address}` : author.address,
      ...(!forged && { handle: author.address }),
      name: author.name || author.address,
    },
    text: wordsOf(mail),
    saidAt: place.cameAt,
    conversationId: about ?? mail.references[0] ?? mail.id ?? nativeId,
    ...(parentId && { parentId }),
    permission: automatic ? { how: 'never', why: whyOf(automatic) } : permissionFor(mail, author, forged, options),
    replyRef: JSON.stringify(replyRefOf(mail, author)),
    place: place.folder === 'INBOX' ? options.address : place.folder,
  };
}

function whyOf({ what, so }: Automatic): string {
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${so}`;
}

/** The sender; of a contact form whoever filled it in. */
function authorOf({ from, replyTo }: Mail, { contactForms }: Options): Person {
  const sender = from[0] ?? { address: '', name: '' };
  return (contactForms.includes(sender.address) && replyTo[0]) || sender;
}

function wordsOf({ subject, text }: Mail): string {
  const words = ownWords(text, { forwarded: isForward(subject) });
  return cleanText([subject, words].filter(Boolean).join('\n')) || '[a mail without any text]';
}

function permissionFor(mail: Mail, author: Person, forged: boolean, options: Options): ReplyPermission {
  const byHand = (why: string): ReplyPermission => ({ how: 'by-hand', why });
  const to = targetOf(mail, author);
  if (!to) return { how: 'never', why: 'It names no address that an answer could go to.' };
  if (forged) {
    return byHand(
      'The mail server found that the sender is probably forged, so an answer might go to somebody who never wrote. Ask them another way first.',
    );
  }
  if ([options.address, ...options.aliases].includes(to))
    return { how: 'never', why: 'An answer would go to ourselves.' };
  if (mail.replyTo.length > 1)
    return byHand('It asks for answers to several addresses. Choose one, and answer by hand.');
  if (to !== author.address) {
    return byHand(
      `It asks for answers to ${to} and not to the sender. Fraud looks like that, too: look at it, then answer by hand.`,
    );
  }
  if (!options.smtpHost) return byHand('No SMTP server is set ("smtpHost"), so nothing can be sent from here.');
  return { how: 'api' };
}

/** Reply-To before From. */
function targetOf({ replyTo }: Mail, author: Person): string {
  return replyTo[0]?.address ?? author.address;
}

function replyRefOf(mail: Mail, author: Person): ReplyRef {
  const all = [...mail.references.filter((id) => id !== mail.id), ...(mail.id ? [mail.id] : [])];
  const references = all.length > MOST_REFERENCES ? [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)] : all;
  return { to: targetOf(mail, author), subject: mail.subject, ...(mail.id && { id: mail.id }), references };
}

/**
 * A Message-ID with its sender: a stranger who learned an id cannot put other words in the place of what was written. Our own
 * replies go by their id alone. Without an id the mail is known by what is in it.
 */
function nativeIdOf(mail: Mail, { cameAt }: Place, author: string, options: Options): string {
  if (mail.id) return idFrom(mail.id, author, options);
  const date = mail.header('date')[0] ?? String(cameAt);
  return `no-id/${digest([author, date, mail.subject, mail.text].join('\n')).slice(0, 32)}`;
}

export function idFrom(id: string, sender: string, options: Pick<Options, 'address'>): string {
  return isReplyOfOurs(id, options) ? id : `${id}/${digest(sender).slice(0, 8)}`;
}

/** What one of us answers was written by whoever it goes to. */
function parentOfOurs({ inReplyTo, to }: Mail, options: Options): string | undefined {
  return inReplyTo && to[0] && idFrom(inReplyTo, to[0].address, options);
}

/**
 * The Message-ID of a reply, made of its key alone: the key is stored before anything is sent, so the id is known to every
 * process that comes later, and the same on every try.
 */
export function messageIdFor(key: string, { address }: Pick<Options, 'address'>): string {
  return `earshot.${digest(key).slice(0, 32)}@${domainOf(address)}`;
}

function isReplyOfOurs(id: string | undefined, { address }: Pick<Options, 'address'>): boolean {
  return id !== undefined && /^earshot\.[\da-f]{32}@/.test(id) && id.endsWith(`@${domainOf(address)}`);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** So much of a mail is read. What is longer holds files, and of those we only keep the names. */
export const MOST_BYTES = 256 * 1024;
/** Longer texts are cut: nobody wrote that by hand. */
const MOST_TEXT = 200_000;

interface Person {
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

function oneLine(text: string | undefined): string {
  return cleanText((text ?? '').slice(0, 2000))
    .replace(/\s+/g, ' ')
    .trim();
}
