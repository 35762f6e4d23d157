import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Instant } from '#kit';
import { type SmtpStage, smtpFailure } from './failures.ts';
import type { SignIn } from './mailbox.ts';
import type { Options } from './options.ts';

export interface Letter {
  from: string;
  to: string[];
  message: Buffer;
}

interface Asked {
  now: Instant;
  signal: AbortSignal;
}

/**
 * Hands one letter to the SMTP server, once, over a connection of its own.
 *
 * @throws ConnectorError `unknown-outcome` when the server was given the letter and no clear answer came
 */
export async function deliver(options: Options, auth: SignIn, letter: Letter, asked: Asked): Promise<void> {
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
  { now, signal }: Asked,
  work: (smtp: SMTPConnection, stage: SmtpStage) => Promise<void>,
): Promise<void> {
  signal.throwIfAborted();
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const { smtpHost: host, smtpPort: port, smtpSecurity: security } = options;
  const waitMs = options.patienceSeconds * 1000;
  const smtp = new Connection({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    name: options.address.slice(options.address.lastIndexOf('@') + 1),
    connectionTimeout: waitMs,
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
