/** IMAP: one connection, each call within its time, and what a refusal means. */
import type { LookupFunction } from 'node:net';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { ConnectorError, type FailureKind, type Instant, type Log } from '#kit';
import type { Options } from './index.ts';
import { MOST_BYTES } from './messages.ts';

/** Above what the largest picture takes that is asked for. A server that sends more is broken, or worse. */
const MOST_LITERAL = 64 * MOST_BYTES;
const MOST_RESPONSE = 64 * 1024 * 1024;

export type SignIn = { user: string; pass: string } | { user: string; accessToken: string };

type Opening = { lookup: LookupFunction; now: () => Instant; log: Log; signal: AbortSignal; onEnd?: () => void };

interface FolderState {
  uidValidity: string;
  uidNext: number;
  exists: number;
}

interface Fetched {
  messages: FetchMessageObject[];
  /** UIDs of mails that the server says are there and cannot show. */
  refused: number[];
}

export interface ListedFolder {
  path: string;
  specialUse?: string | undefined;
}

/**
 * One connection to an IMAP server, as far as we use it. Nothing is marked as read. Every call ends within the time of
 * `patienceSeconds`, and at once when `signal` is aborted; after either the connection is closed.
 *
 * Every call throws a ConnectorError, or the signal's reason.
 */
export class Mailbox {
  readonly #imap: ImapFlow;
  readonly #waitMs: number;
  readonly #now: () => Instant;
  /** Why the connection ended, where more is known than that it did. */
  #cause: unknown;
  #open: { path: string; state: FolderState } | undefined;
  /** Those who wait for an answer. */
  readonly #waiting = new Set<(cause: unknown) => void>();

  private constructor(imap: ImapFlow, waitMs: number, now: () => Instant) {
    this.#imap = imap;
    this.#waitMs = waitMs;
    this.#now = now;
  }

  static async open(options: Options, auth: SignIn, { lookup, now, log, signal, onEnd }: Opening): Promise<Mailbox> {
    signal.throwIfAborted();
    // Loaded here, since most commands never read mail.
    const { ImapFlow } = await import('imapflow');
    const waitMs = options.patienceSeconds * 1000;
    const { imapHost: host, imapPort: port, imapSecurity: security } = options;
    // The library waits out what a server asks for; we hand that on, and come back in time.
    const warn = ({ throttleDelay }: { throttleDelay?: number }) => {
      if (throttleDelay !== undefined) mailbox.#throttle(throttleDelay);
    };
    // What cannot be read is told to the log alone; whoever waits only learns that the connection ended.
    const error = ({ err }: { err?: { code?: string } }) => {
      if (err?.code?.startsWith('ParserError')) mailbox.#cause ??= err;
    };
    const imap = new ImapFlow({
      host,
      port,
      secure: security === 'tls',
      ...(security !== 'tls' && { doSTARTTLS: security === 'starttls' }),
      // What it connects with, whether by TLS or not.
      tls: { lookup },
      auth,
      logger: { debug: () => {}, info: () => {}, warn, error },
      disableAutoIdle: true,
      disableAutoEnable: true,
      connectionTimeout: waitMs,
      greetingTimeout: waitMs,
      socketTimeout: Math.max(waitMs, 6 * 60_000),
      maxIdleTime: 5 * 60_000,
      maxLiteralSize: MOST_LITERAL,
      maxResponseSize: MOST_RESPONSE,
      maxLineLength: MOST_RESPONSE,
      clientInfo: { name: 'Earshot' },
    });
    const mailbox = new Mailbox(imap, waitMs, now);
    // Without a listener an error ends the process. Whoever waits for an answer is told by the answer that fails.
    imap.on('error', (error: unknown) => {
      mailbox.#cause ??= error;
      log.info('mail connection broke', { host });
    });
    if (onEnd) imap.on('close', onEnd);
    try {
      await mailbox.#do('The mail server', signal, () => imap.connect());
      return mailbox;
    } catch (thrown) {
      mailbox.close();
      throw thrown;
    }
  }

  get usable(): boolean {
    return this.#imap.usable;
  }

  can(capability: string): boolean {
    return this.#imap.capabilities.has(capability);
  }

  async list(signal: AbortSignal): Promise<ListedFolder[]> {
    const listed = await this.#do('The list of folders', signal, () => this.#imap.list());
    if (listed.length === 0) throw new ConnectorError('bad-shape', `The list of folders: ${NOTHING}`);
    return listed.filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
  }

  /** Opens a folder, for reading only unless asked otherwise. */
  async select(path: string, signal: AbortSignal, { write = false } = {}): Promise<FolderState> {
    // While it is open its numbers cannot change, and a search sees what came meanwhile.
    if (this.#open?.path === path && !write) return this.#open.state;
    this.#open = undefined;
    const what = `Folder ${path}`;
    const box = await this.#do(what, signal, () => this.#imap.mailboxOpen(path, { readOnly: !write }));
    const { uidValidity, uidNext, exists } = box as Partial<typeof box>;
    if (!uidValidity || exists === undefined) throw new ConnectorError('bad-shape', `${what}: ${NOTHING}`);
    const state = { uidValidity: String(uidValidity), uidNext: uidNext ?? 1, exists };
    if (!write) this.#open = { path, state };
    return state;
  }

  /** UIDs in the open folder, ascending. */
  async search(query: Parameters<ImapFlow['search']>[0], signal: AbortSignal): Promise<number[]> {
    const found = await this.#do('The search', signal, () => this.#imap.search(query, { uid: true }));
    if (!Array.isArray(found)) throw new ConnectorError('unavailable', 'The search: the mail server refused it.');
    return found.toSorted((a, b) => a - b);
  }

  /**
   * What these mails are and how they begin. Those that are gone are left out. One that the server cannot show, while it shows
   * the others, is in `refused`; where it shows none, the server is in trouble.
   */
  async fetch(uids: readonly number[], signal: AbortSignal): Promise<Fetched> {
    const fetched: Fetched = { messages: [], refused: [] };
    let refusal: unknown;
    // Halves of halves, so that one bad mail among fifty costs a dozen requests.
    for (const waiting = [uids]; waiting.length > 0; ) {
      const some = waiting.pop() ?? [];
      try {
        fetched.messages.push(...(await this.#fetch(some, signal)));
      } catch (thrown) {
        if (!(thrown instanceof ServerRefusal)) throw thrown;
        refusal = thrown;
        const half = Math.ceil(some.length / 2);
        if (some.length === 1) fetched.refused.push(...some);
        else waiting.push(some.slice(half), some.slice(0, half));
      }
    }
    if (refusal && fetched.messages.length === 0) throw refusal;
    return fetched;
  }

  #fetch(uids: readonly number[], signal: AbortSignal): Promise<FetchMessageObject[]> {
    const query = { uid: true, size: true, internalDate: true, bodyStructure: true, source: { maxLength: MOST_BYTES } };
    return this.#do('New mail', signal, () => this.#imap.fetchAll(uids.join(','), query, { uid: true }));
  }

  /** The headers of the newest mail of the open folder, and its UID. */
  async newest(signal: AbortSignal): Promise<FetchMessageObject | undefined> {
    const query = { uid: true, source: { maxLength: 64 * 1024 } };
    return (await this.#do('The newest mail', signal, () => this.#imap.fetchAll('*', query))).at(-1);
  }

  /** One part with its own headers, as a message by itself. */
  async part(uid: number, part: string, signal: AbortSignal, maxLength = MOST_BYTES): Promise<Buffer | undefined> {
    const query = { uid: true, bodyParts: [`${part}.mime`, { key: part, maxLength }] };
    const [message] = await this.#do('New mail', signal, () => this.#imap.fetchAll(String(uid), query, { uid: true }));
    const body = message?.bodyParts?.get(part);
    return body && Buffer.concat([message?.bodyParts?.get(`${part}.mime`) ?? Buffer.from('\r\n'), body]);
  }

  /** Waits until the server speaks of new mail in the open folder, the time is up, or the connection ends. */
  async idle(signal: AbortSignal): Promise<void> {
    const stop = () => this.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      await this.#imap.idle();
    } catch (thrown) {
      signal.throwIfAborted();
      throw imapFailure(thrown, 'The live connection', this.#now());
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  onNews(tell: () => void): void {
    this.#imap.on('exists', ({ count, prevCount }) => {
      if (count > prevCount) tell();
    });
  }

  async append(path: string, message: Buffer, at: Instant, signal: AbortSignal): Promise<void> {
    const done = await this.#do(`Folder ${path}`, signal, () =>
      this.#imap.append(path, message, ['\\Seen'], new Date(at)),
    );
    if (!done) throw new ConnectorError('unavailable', `Folder ${path}: the mail server did not take the copy.`);
  }

  async move(uids: readonly number[], to: string, signal: AbortSignal): Promise<void> {
    await this.#do(`Folder ${to}`, signal, () => this.#imap.messageMove(uids.join(','), to, { uid: true }));
  }

  async leave(): Promise<void> {
    const late = setTimeout(() => this.close(), Math.min(this.#waitMs, 2_000));
    await this.#imap.logout().catch(() => {});
    clearTimeout(late);
    this.close();
  }

  close(): void {
    this.#imap.close();
  }

  #throttle(delayMs: number): void {
    const message = `The mail server wants us to wait ${Math.ceil(delayMs / 1000)} s. Earshot does.`;
    const until = this.#now() + Math.min(delayMs, 24 * 3_600_000);
    this.#cause = new ConnectorError('rate-limited', message, { until });
    for (const tell of this.#waiting) tell(this.#cause);
  }

  async #do<T>(what: string, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const stop = () => reject(signal.reason);
    const late = setTimeout(() => {
      const message = `${what}: the mail server said nothing for ${this.#waitMs / 1000} s. Earshot tries again.`;
      reject(new ConnectorError('unavailable', message));
    }, this.#waitMs);
    signal.addEventListener('abort', stop, { once: true });
    this.#waiting.add(reject);
    try {
      signal.throwIfAborted();
      return await Promise.race([act(), ended]);
    } catch (thrown) {
      // After a clear no the connection is as good as before.
      if (this.#cause || !isAnswer(thrown)) this.close();
      signal.throwIfAborted();
      throw imapFailure(this.#cause ?? thrown, what, this.#now());
    } finally {
      this.#waiting.delete(reject);
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
    }
  }
}

const NOTHING = 'the mail server answered without saying anything. Check host and port.';

/** Servers that say "too much" without saying how long. */
const DEFAULT_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;
export const BUSY = /too (?:many|much)|throttl|rate|limit|quota exceeded|slow down|try again later|grey-?list/i;

/** What imapflow and nodemailer put on their errors, as far as we look at it. */
export interface Thrown {
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
function isAnswer(thrown: unknown): boolean {
  return (thrown as Thrown)?.responseStatus !== undefined;
}

/** The server said no, in words that do not tell whether to what was asked for or to everything. */
class ServerRefusal extends ConnectorError {}

/** What went wrong while reading, by its right name. `what` begins a sentence: "Folder INBOX". */
function imapFailure(thrown: unknown, what: string, now: Instant): ConnectorError {
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
  const refused = `the mail server refused${said}. Earshot tries again by itself.`;
  if (isAnswer(thrown) && !bracketed) return new ServerRefusal('unavailable', `${what}: ${refused}`);
  if (words) return fail('unavailable', refused);
  const why = code || cut(message);
  return fail('unavailable', `the mail server could not be reached (${why}). Earshot tries again by itself.`);
}

export const SIGN_IN =
  'Check user and password; with two-step sign-in an app password is needed, and Gmail and Outlook may want OAuth 2.';
export const CERTIFICATE = 'Use the name that the certificate was made for, or have it renewed.';

export function isCertificate(code: string): boolean {
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
export function cut(words: string): string {
  return words.replace(/\s+/g, ' ').trim().slice(0, 300);
}
