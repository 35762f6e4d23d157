/** Answering by mail: a letter handed over once by SMTP, what a refusal means, and its copy among the sent mail. */
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import MailComposer from 'nodemailer/lib/mail-composer';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import {
  asFailure,
  ConnectorError,
  type FailureKind,
  type Instant,
  openSocket,
  type Posted,
  parseJson,
  type ReplyOrder,
} from '#kit';
import type { EmailClient } from './client.ts';
import type { Options } from './index.ts';
import { keepsCopies, NO_SENT, putAway, uidsOf } from './listen.ts';
import {
  BUSY,
  CERTIFICATE,
  cut,
  isCertificate,
  type Mailbox,
  SIGN_IN,
  type SignIn,
  type Thrown,
  waitIn,
} from './mailbox.ts';
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
  const socket = await openSocket({ host, port, lookup }, soon).catch((thrown) => {
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

/** When to look, after the reply went out, whether the server has put it there, and whether a blind copy has come. */
const LOOK_AFTER_MS = { append: [], auto: [0, 2_000], 'blind-copy': [0, 2_000, 6_000, 14_000] };
/** The longest that one copy may take, beside waiting for the time to look. */
const PATIENCE_MS = 20_000;

interface Copy {
  /** The Message-ID. */
  id: string;
  message: Buffer;
  at: Instant;
}
interface Waiting extends Copy {
  /** When to look for it, as `performance.now` counts. */
  looks: number[];
}

/**
 * All copies of one mailbox go over one connection, however many replies went out at once: mail providers allow some ten for
 * everything, and whoever takes more is locked out of reading, too.
 */
export class Copies {
  readonly #client: EmailClient;
  readonly #waiting: Waiting[] = [];
  #working = false;

  constructor(client: EmailClient) {
    this.#client = client;
  }

  /** Sees to it, beside everything else, that a copy of this reply lies with the sent mail. What goes wrong is told to the log. */
  keep(copy: Copy): void {
    const { sentCopy } = this.#client.options;
    if (sentCopy === 'server') return;
    const now = performance.now();
    this.#waiting.push({ ...copy, looks: LOOK_AFTER_MS[sentCopy].map((ms) => now + ms) });
    if (this.#working) return;
    this.#working = true;
    this.#client.meanwhile((late) => this.#work(late));
  }

  async #work(late: AbortSignal): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const mailbox = await this.#client.open(within(late)).catch((thrown: unknown) => {
          // Each of them would meet the same.
          for (const _ of this.#waiting.splice(0)) this.#tell(thrown);
        });
        if (mailbox) await this.#workIn(mailbox, late).finally(() => mailbox.leave());
      }
    } finally {
      this.#working = false;
    }
  }

  /** As long as the connection holds. */
  async #workIn(mailbox: Mailbox, late: AbortSignal): Promise<void> {
    while (mailbox.usable) {
      const copy = this.#next();
      if (!copy) return;
      await this.#see(mailbox, copy, late).catch((thrown: unknown) => this.#tell(thrown));
    }
  }

  /** The one that is to be looked for first. */
  #next(): Waiting | undefined {
    const due = ({ looks: [look = 0] }: Waiting) => look;
    const first = this.#waiting.toSorted((a, b) => due(a) - due(b))[0];
    if (first) this.#waiting.splice(this.#waiting.indexOf(first), 1);
    return first;
  }

  async #see(mailbox: Mailbox, copy: Waiting, late: AbortSignal): Promise<void> {
    const { options } = this.#client;
    const { sentCopy } = options;
    if (sentCopy === 'auto' && keepsCopies(mailbox, options)) return;
    const look = copy.looks.shift();
    if (look !== undefined) await pause(Math.max(0, look - performance.now()), undefined, { signal: late });
    const signal = within(late);
    const sent = await this.#client.sentFolder(mailbox, signal);
    if (!sent) throw new ConnectorError('rejected', NO_SENT);
    if (look !== undefined) {
      const folder = sentCopy === 'auto' ? sent : 'INBOX';
      const there = await uidsOf(mailbox, folder, copy.id, signal);
      if (there.length > 0) return folder === sent ? undefined : putAway(mailbox, there, sent, signal);
      if (copy.looks.length > 0) return void this.#waiting.push(copy);
      // A blind copy that takes longer stays where it is: it proves as much there, and reading knows it as ours.
      if (sentCopy === 'blind-copy') return;
    }
    await mailbox.append(sent, copy.message, copy.at, signal);
  }

  #tell(thrown: unknown): void {
    this.#client.warn('no copy of a reply among the sent mail', asFailure(thrown).message);
  }
}

const within = (late: AbortSignal) => AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), late]);
