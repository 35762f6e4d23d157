/** Answering by mail: a letter handed over once by SMTP, its copy, the look for it, and what a refusal means. */
import { once } from 'node:events';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { ConnectorError, type FailureKind, type Instant, type Posted, parseJson, type ReplyOrder } from '#kit';
import type { EmailClient } from './client.ts';
import { NO_SENT, putAway, uidsOf } from './copies.ts';
import type { Options } from './index.ts';
import { BUSY, CERTIFICATE, cut, isCertificate, SIGN_IN, type SignIn, type Thrown, waitIn } from './mailbox.ts';
import { isAddress, messageIdFor, ReplyRef } from './messages.ts';

/** Sends one reply, once, and then sees to it that a copy lies with the sent mail. */
export async function send(client: EmailClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const { options } = client;
  const ref = refOf(order);
  const id = messageIdFor(order.key, options);
  const now = client.now();
  const message = await compose(order.text, ref, id, options, now);
  const auth = await client.signIn(signal, { smtp: true });
  const copy = options.sentCopy === 'blind-copy' ? [options.address] : [];
  await deliver(
    options,
    auth,
    { from: options.address, to: [ref.to, ...copy], message },
    { lookup: client.smtpLookup(), now, signal },
  );
  // It is out, and that is written down before anything else is done: the copy takes its time.
  client.copies.keep({ id, message, at: now });
  return { nativeId: id, postedAt: now };
}

/** Looks for a reply by its Message-ID, among the sent mail and where a blind copy would lie. */
export function find(client: EmailClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const { options } = client;
  const id = messageIdFor(order.key, options);
  return client.over(signal, async (mailbox) => {
    const sent = await client.sentFolder(mailbox, signal);
    if (!sent && options.sentCopy !== 'blind-copy') throw new ConnectorError('rejected', NO_SENT);
    if (sent && (await uidsOf(mailbox, sent, id, signal)).length > 0)
      return { nativeId: id, postedAt: order.firstTriedAt };
    // A copy that was delivered proves as much, and is put where it belongs.
    const there = await uidsOf(mailbox, 'INBOX', id, signal);
    if (there.length === 0) return null;
    if (sent) await putAway(mailbox, there, sent, signal).catch(() => {});
    return { nativeId: id, postedAt: order.firstTriedAt };
  });
}

function refOf({ replyRef = '' }: ReplyOrder): ReplyRef {
  const read = ReplyRef.safeParse(parseJson(replyRef));
  if (read.success && isAddress(read.data.to)) return read.data;
  throw new ConnectorError('rejected', 'This mention holds no address that a reply could go to. Answer it by hand.');
}

/** Plain text, letter by letter as it was approved. Nothing is fetched and no file is read for it. */
function compose(text: string, ref: ReplyRef, id: string, options: Options, now: Instant): Promise<Buffer> {
  const { address, senderName: name } = options;
  const composer = new MailComposer({
    from: name ? { name, address } : address,
    to: ref.to,
    subject: replySubject(ref.subject),
    text,
    messageId: `<${id}>`,
    date: new Date(now),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(ref.id && { inReplyTo: `<${ref.id}>` }),
    ...(ref.references.length > 0 && { references: ref.references.map((one) => `<${one}>`) }),
  });
  return composer.compile().build();
}

function replySubject(subject: string): string {
  return /^\s*(?:re|aw|sv|回复|回覆|答复|答覆)\s*[:：]/i.test(subject) ? subject : `Re: ${subject}`.trim();
}

interface Letter {
  from: string;
  to: string[];
  message: Buffer;
}

interface Asked {
  lookup: LookupFunction;
  now: Instant;
  signal: AbortSignal;
}

/**
 * Hands one letter to the SMTP server, once, over a connection of its own.
 *
 * @throws ConnectorError `unknown-outcome` when the server was given the letter and no clear answer came
 */
async function deliver(options: Options, auth: SignIn, letter: Letter, asked: Asked): Promise<void> {
  const { from, to, message } = letter;
  await connected(options, auth, asked, async (smtp, stage) => {
    // Read only once the server has said that it is ready for it: from then on it may have taken the letter.
    const body = new Readable({
      read() {
        stage.begun = true;
        this.push(message);
        this.push(null);
      },
    });
    await new Promise<void>((resolve, reject) => {
      smtp.send({ from, to, size: message.length }, body, (error) => (error ? reject(error) : resolve()));
    });
  });
}

/** Proves that the server is there and accepts the sign-in. Sends nothing. */
export async function signInOnly(options: Options, auth: SignIn, asked: Asked): Promise<void> {
  await connected(options, auth, asked, async () => {});
}

async function connected(
  options: Options,
  auth: SignIn,
  { lookup, now, signal }: Asked,
  work: (smtp: SMTPConnection, stage: SmtpStage) => Promise<void>,
): Promise<void> {
  signal.throwIfAborted();
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const { smtpHost: host, smtpPort: port, smtpSecurity: security } = options;
  const waitMs = options.patienceSeconds * 1000;
  const soon = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  const socket = await connectedTo({ host, port, lookup }, soon).catch((thrown) => {
    throw smtpFailure(thrown, { begun: false }, now);
  });
  const smtp = new Connection({
    // Our own, since the library looks names up by itself.
    connection: socket,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    name: options.address.slice(options.address.lastIndexOf('@') + 1),
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
  });
  const stage: SmtpStage = { begun: false };
  const { promise: ended, reject } = Promise.withResolvers<never>();
  smtp.on('error', reject);
  smtp.on('end', () => reject(new Error('the connection ended')));
  const stop = () => reject(new Error('the time for it was up'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([ended, conversation(smtp, auth, () => work(smtp, stage))]);
  } catch (thrown) {
    throw smtpFailure(thrown, stage, now);
  } finally {
    signal.removeEventListener('abort', stop);
    ended.catch(() => {});
    smtp.close();
  }
}

/** @throws what kept it from being connected */
async function connectedTo(
  to: { host: string; port: number; lookup: LookupFunction },
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connect(to);
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (thrown) {
    socket.on('error', () => {}).destroy();
    throw signal.aborted ? new Error('the time for it was up') : thrown;
  }
}

async function conversation(smtp: SMTPConnection, auth: SignIn, work: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => smtp.connect(() => resolve()));
  const { user } = auth;
  const credentials = 'pass' in auth ? { user, pass: auth.pass } : { user, oauth2: tokenOf(user, auth.accessToken) };
  await new Promise<void>((resolve, reject) => {
    smtp.login(credentials as Parameters<SMTPConnection['login']>[0], (error) => (error ? reject(error) : resolve()));
  });
  await work();
  smtp.quit();
}

/** The two things that nodemailer wants to know of a token. Renewing it is not its business. */
function tokenOf(user: string, accessToken: string) {
  const line = Buffer.from(`user=${user}\u0001auth=Bearer ${accessToken}\u0001\u0001`).toString('base64');
  return {
    getToken: (_renew: boolean, done: (error: Error | null, token?: string) => void) => done(null, accessToken),
    buildXOAuth2Token: () => line,
  };
}

/** Where a send had got to when it failed. */
interface SmtpStage {
  /** The server was given a part of the message at least, so it may have taken it. */
  begun: boolean;
}

/**
 * What went wrong while sending, by its right name. Only 2xx means accepted (RFC 5321 section 4.2.5), so every other clear
 * answer means that nothing went out; and no answer to a message that was handed over means nothing at all.
 */
function smtpFailure(thrown: unknown, { begun }: SmtpStage, now: Instant): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  const { code = '', message, response, responseCode, command = '' } = thrown as Thrown;
  const words = cut(typeof response === 'string' ? response : '');
  const said = words ? ` (${words})` : '';
  const fail = (kind: FailureKind, advice: string, until?: Instant) =>
    new ConnectorError(kind, `The reply: ${advice}`, { raw: words, ...(until !== undefined && { until }) });

  if (responseCode === undefined) {
    if (begun) return fail('unknown-outcome', 'the SMTP server was given it and did not say whether it took it.');
    if (code === 'EENVELOPE') return fail('rejected', `it cannot be addressed (${cut(message)}). Answer by hand.`);
    if (code === 'EMESSAGE')
      return fail('rejected', `the SMTP server does not take mail of this size. Answer by hand.`);
    if (code === 'EAUTH') return fail('unauthorized', `signing in to SMTP failed (${cut(message)}). ${SIGN_IN}`);
    if (isCertificate(code) || /certificate|self-signed/i.test(message)) {
      return fail('unauthorized', `the SMTP server's certificate is not accepted. ${CERTIFICATE}`);
    }
    return fail('unavailable', `the SMTP server could not be reached (${code || cut(message)}). Earshot tries again.`);
  }
  // "Unknown command" in answer to a message: the two sides are out of step, and nobody knows what was taken.
  if (begun && !isAnswerToMessage(responseCode)) {
    return fail('unknown-outcome', `the SMTP server answered something that says nothing about it${said}.`);
  }
  const daily = /5\.4\.5|daily|sending (?:limit|quota)/i.test(words);
  if (daily || (responseCode < 500 && BUSY.test(words))) {
    return fail('rate-limited', `the SMTP server wants us to wait${said}. Earshot does.`, waitIn(words, now));
  }
  if (code === 'EAUTH' && responseCode >= 500) {
    return fail('unauthorized', `the SMTP server does not accept the sign-in${said}. ${SIGN_IN}`);
  }
  if (responseCode < 500)
    return fail('unavailable', `the SMTP server did not take it for now${said}. Earshot tries again.`);
  if (responseCode === 530 || responseCode === 538) {
    return fail('unauthorized', `the SMTP server wants a sign-in or TLS${said}. Set the password, or "smtpSecurity".`);
  }
  if (command === 'MAIL FROM') {
    return fail('unauthorized', `the SMTP server does not let us send from this address${said}. Check "address".`);
  }
  return fail('rejected', `the SMTP server refused it${said}. Look at the address, or answer by hand.`);
}

/** What RFC 5321 section 4.3.2 allows after the message. */
function isAnswerToMessage(code: number): boolean {
  return code === 421 || (code >= 450 && code < 460) || (code >= 550 && code < 560);
}
