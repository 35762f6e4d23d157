/** What is said in the app: its shape, the message in our words, how it may be answered, and the letter that does. */

import { Readable } from 'node:stream';
import type { Transporter } from 'nodemailer';
import nodemailer from 'nodemailer';
import {
  type Attachment,
  ConnectorError,
  cleanText,
  type FoundMention,
  parseDate,
  type ReplyPermission,
  z,
} from '#kit';
import type { Options } from './settings.ts';

/** Pictures in one message. */
export const MOST_SCREENSHOTS = 3;
/** The most of one picture, in bytes. */
export const SCREENSHOT_MAX_BYTES = 10 * 1024 * 1024;
/** The most of the words around it, in bytes. */
export const JSON_MAX_BYTES = 64 * 1024;

const Line = z.string().trim().max(200).transform(cleanText);

/** How its author wants to be answered. */
export const Contact = z.discriminatedUnion('by', [
  z.object({ by: z.literal('none') }),
  z.object({ by: z.literal('app') }),
  z.object({ by: z.literal('email'), email: z.email().max(254) }),
]);
export type Contact = z.output<typeof Contact>;

/** One message, version 1. What is not listed here is not kept. */
export const Feedback = z.object({
  text: z.string().max(20_000).transform(cleanText).pipe(z.string().min(1)),
  lang: Line.optional(),
  version: Line.optional(),
  device: Line.optional(),
  /** Your own id of the person, so that an answer finds them and what they wrote stays together. */
  user: Line.optional(),
  name: Line.optional(),
  /** The id of an earlier message of theirs that this one goes on from. */
  follows: Line.optional(),
  contact: Contact.default({ by: 'none' }),
  saidAt: z.string().max(40).optional(),
  /** SHA-256 of each picture that comes along, in hex, in the same order. */
  screenshots: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(MOST_SCREENSHOTS)
    .default([]),
});
export type Feedback = z.output<typeof Feedback>;

/** What an answer needs, kept with the mention and erased with it. */
export const ReplyRef = z.discriminatedUnion('by', [
  z.object({ by: z.literal('app'), user: z.string() }),
  z.object({ by: z.literal('email'), email: z.string(), lang: z.string(), about: z.string() }),
]);
export type ReplyRef = z.output<typeof ReplyRef>;

/** What can be answered, and how. */
export interface Ways {
  app: boolean;
  email: boolean;
}

/** @param id the sender's own */
export function toMention(
  id: string,
  said: Feedback,
  attachments: Attachment[],
  of: { app: string; ways: Ways },
): FoundMention {
  const { text, user, name, follows, lang, version, device, contact } = said;
  const saidAt = said.saidAt === undefined ? undefined : parseDate(said.saidAt);
  const place = [version ? `${of.app} ${version}` : of.app, device].filter(Boolean).join(' · ');
  const ref = refOf(said);
  return {
    nativeId: id,
    author: { id: user || `anonymous ${id}`, name: name || 'App user' },
    text,
    place,
    conversationId: follows || id,
    permission: permissionOf(contact, of.ways),
    ...(saidAt !== undefined && { saidAt }),
    ...(follows && { parentId: follows }),
    ...(ref && { replyRef: JSON.stringify(ref) }),
    ...(lang && { langHint: lang }),
    ...(attachments.length > 0 && { attachments }),
  };
}

function refOf({ contact, user = '', lang = '', text }: Feedback): ReplyRef | undefined {
  if (contact.by === 'app') return { by: 'app', user };
  // The first words, so that whoever gets the answer knows what it is about.
  if (contact.by === 'email')
    return { by: 'email', email: contact.email, lang, about: text.slice(0, 80).toWellFormed() };
  return undefined;
}

function permissionOf({ by }: Contact, ways: Ways): ReplyPermission {
  if (by === 'none')
    return { how: 'never', why: 'Whoever wrote this did not ask for an answer and left no way to send one.' };
  if (ways[by]) return { how: 'api' };
  const what = by === 'app' ? 'the option "replyTo"' : 'the options "mailHost" and "mailFrom"';
  return { how: 'by-hand', why: `An answer is wanted, but not set up: see ${what} of this source.` };
}

const TIMEOUT_MS = 20_000;

interface Letter {
  to: string;
  subject: string;
  text: string;
  /** The same on every try, so that receivers can tell a repeated one. */
  key: string;
}

type Mail = Pick<Options, 'mailHost' | 'mailPort' | 'mailFrom' | 'mailUser'>;

/** @returns its Message-ID. @throws ConnectorError */
export async function sendLetter(mail: Mail, password: string, letter: Letter): Promise<string> {
  const domain = /@([\w.-]+)>?\s*$/.exec(mail.mailFrom)?.[1] ?? 'localhost';
  const messageId = `<${letter.key.replace(/[^\w.-]/g, '_')}.reply@${domain}>`;
  const { to, subject, text } = letter;
  await over(mail, password, (transport, stage) => {
    // Read only once the server has said that it is ready for it: from then on it may have taken the letter.
    const body = new Readable({
      read() {
        stage.begun = true;
        this.push(text);
        this.push(null);
      },
    });
    return transport.sendMail({ from: mail.mailFrom, to, subject, text: body, messageId });
  });
  return messageId;
}

/** Signs in and sends nothing. @throws ConnectorError */
export function tryMail(mail: Mail, password: string): Promise<unknown> {
  return over(mail, password, (transport) => transport.verify());
}

async function over<T>(
  { mailHost: host, mailPort: port, mailUser: user }: Mail,
  password: string,
  work: (transport: Transporter, stage: { begun: boolean }) => Promise<T>,
): Promise<T> {
  const secure = port === 465;
  const local = /^(?:localhost|127\.|::1)/.test(host);
  const transport = nodemailer.createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !local,
    ignoreTLS: !secure && local,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user && { auth: { user, pass: password } }),
  });
  const stage = { begun: false };
  try {
    return await work(transport, stage);
  } catch (thrown) {
    throw mailFailure(thrown, host, stage.begun);
  } finally {
    transport.close();
  }
}

/** What surely did not go out may be tried again; what broke off after the words were on their way is not known. */
function mailFailure(thrown: unknown, host: string, begun: boolean): ConnectorError {
  const {
    code = '',
    responseCode,
    message = '',
  } = thrown as { code?: string; responseCode?: number; message?: string };
  const fail = (kind: ConnectorError['kind'], advice: string) =>
    new ConnectorError(kind, `The mail server ${host} ${advice}`, { cause: thrown });
  if (code === 'EAUTH') {
    return fail('unauthorized', 'does not accept the sign-in. Check "mailUser" and APP_FEEDBACK_MAIL_PASSWORD.');
  }
  if (responseCode !== undefined && responseCode >= 500) {
    return fail('rejected', `refuses it (${responseCode}): ${message.slice(0, 200)}.`);
  }
  if (responseCode !== undefined && responseCode >= 400)
    return fail('unavailable', `is busy (${responseCode}). It is tried again.`);
  if (begun) return fail('unknown-outcome', 'was given the letter and did not say whether it took it.');
  return fail('unavailable', 'cannot be reached. It is tried again.');
}
