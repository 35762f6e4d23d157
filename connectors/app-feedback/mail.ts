import { Readable } from 'node:stream';
import nodemailer, { type Transporter } from 'nodemailer';
import { ConnectorError } from '#kit';
import type { Options } from './options.ts';

const TIMEOUT_MS = 20_000;

export interface Letter {
  to: string;
  subject: string;
  text: string;
  /** The same on every try, so that receivers can tell a repeated one. */
  key: string;
}

export type Mail = Pick<Options, 'mailHost' | 'mailPort' | 'mailFrom' | 'mailUser'>;

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
    throw failureOf(thrown, host, stage.begun);
  } finally {
    transport.close();
  }
}

/** What surely did not go out may be tried again; what broke off after the words were on their way is not known. */
function failureOf(thrown: unknown, host: string, begun: boolean): ConnectorError {
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
