import { ConnectorError, type FailureKind, type Instant } from '#kit';

/** Servers that say "too much" without saying how long. */
const DEFAULT_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;
const BUSY = /too (?:many|much)|throttl|rate|limit|quota exceeded|slow down|try again later|grey-?list/i;

/** What imapflow and nodemailer put on their errors, as far as we look at it. */
interface Thrown {
  code?: string;
  message: string;
  /** IMAP: the words of a NO or BAD, and the code in brackets before them. */
  responseStatus?: string;
  responseText?: string;
  serverResponseCode?: string;
  authenticationFailed?: boolean;
  /** IMAP: the words of a BYE. */
  reason?: string;
  /** SMTP: the reply, its number, and the command it answers. */
  response?: unknown;
  responseCode?: number;
  command?: string;
}

/** A NO or BAD to one command. */
export function isAnswer(thrown: unknown): boolean {
  return (thrown as Thrown)?.responseStatus !== undefined;
}

/** The server said no, in words that do not tell whether to what was asked for or to everything. */
export class ServerRefusal extends ConnectorError {}

/** What went wrong while reading, by its right name. `what` begins a sentence: "Folder INBOX". */
export function imapFailure(thrown: unknown, what: string, now: Instant): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  const { code = '', message, responseText, serverResponseCode = '', authenticationFailed, reason } = thrown as Thrown;
  const words = cut(responseText ?? reason ?? '');
  const said = words ? ` (${words})` : '';
  const fail = (kind: FailureKind, advice: string, until?: Instant) =>
    new ConnectorError(kind, `${what}: ${advice}`, { raw: words, ...(until !== undefined && { until }) });
  const bracketed = serverResponseCode.toUpperCase();

  if (bracketed === 'LIMIT' || BUSY.test(words)) {
    return fail('rate-limited', `the mail server wants us to wait${said}. Earshot does.`, waitIn(words, now));
  }
  if (['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'CONTACTADMIN'].includes(bracketed)) {
    return fail('unavailable', `the mail server is in trouble${said}. Earshot tries again by itself.`);
  }
  if (['NOPERM', 'AUTHORIZATIONFAILED'].includes(bracketed)) {
    return fail('unauthorized', `the account may not do this${said}. Ask whoever runs the mail server for the right.`);
  }
  if (
    authenticationFailed ||
    /authentication mechanism/i.test(message) ||
    ['AUTHENTICATIONFAILED', 'EXPIRED', 'PRIVACYREQUIRED'].includes(bracketed)
  ) {
    return fail('unauthorized', `the mail server does not accept the sign-in${said}. ${SIGN_IN}`);
  }
  if (['NONEXISTENT', 'TRYCREATE', 'CANNOT'].includes(bracketed)) {
    return fail('rejected', `there is no such folder${said}. Correct "folders" or "sentFolder".`);
  }
  if (/^(?:Parser|LineTooLarge|LiteralTooLarge|ResponseTooLarge|TooMany|Invalid|UnexpectedTag|MissingTag)/.test(code)) {
    return fail('bad-shape', 'what answers there does not speak IMAP as it should. Check host and port.');
  }
  if (isCertificate(code)) return fail('unauthorized', `its certificate is not accepted (${code}). ${CERTIFICATE}`);
  if (isAnswer(thrown) && !bracketed) {
    return new ServerRefusal('unavailable', `${what}: the mail server refused${said}. Earshot tries again by itself.`);
  }
  if (words) return fail('unavailable', `the mail server refused${said}. Earshot tries again by itself.`);
  return fail(
    'unavailable',
    `the mail server could not be reached (${code || cut(message)}). Earshot tries again by itself.`,
  );
}

const SIGN_IN =
  'Check user and password; with two-step sign-in an app password is needed, and Gmail and Outlook may want OAuth 2.';
const CERTIFICATE = 'Use the name that the certificate was made for, or have it renewed.';

/** Where a send had got to when it failed. */
export interface SmtpStage {
  /** The server was given a part of the message at least, so it may have taken it. */
  begun: boolean;
}

/**
 * What went wrong while sending, by its right name. Only 2xx means accepted (RFC 5321 section 4.2.5), so every other clear
 * answer means that nothing went out; and no answer to a message that was handed over means nothing at all.
 */
export function smtpFailure(thrown: unknown, { begun }: SmtpStage, now: Instant): ConnectorError {
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

function isCertificate(code: string): boolean {
  return /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(code);
}

/** "Suggested Backoff Time: 30000 milliseconds", "try again in 10 minutes", or five minutes where no time is named. */
export function waitIn(words: string, now: Instant): Instant {
  const [, number, unit = ''] =
    /(\d{1,9})\s*(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|h)\b/i.exec(words) ?? [];
  if (number === undefined) return now + DEFAULT_WAIT_MS;
  const size = /^mil|^ms/i.test(unit) ? 1 : /^m/i.test(unit) ? 60_000 : /^h/i.test(unit) ? 3_600_000 : 1000;
  return now + Math.min(Math.max(Number(number) * size, 1000), LONGEST_WAIT_MS);
}

/** What a server says may hold anything: one line of it, and no more than a person reads. */
function cut(words: string): string {
  return words.replace(/\s+/g, ' ').trim().slice(0, 300);
}
