import hoodiecrow, {
  type FetchHandlers,
  type ImapServer,
  type StoredFolder,
  type StoredMessage,
} from 'hoodiecrow-imap';
import fetchHandlers from 'hoodiecrow-imap/lib/commands/handlers/fetch.js';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { type MailFault, MailGate, speakImap, speakSmtp } from './mail-gate.ts';

export const ADDRESS = 'help@acorn.example';
export const PASSWORD = 'local-mail-password-8c41';
export const TOKEN = 'local-mail-token-f0a9';
const PLUGINS = [
  partialOfEach,
  'ID',
  'IDLE',
  'UIDPLUS',
  'LITERALPLUS',
  'ENABLE',
  'CONDSTORE',
  'SPECIAL-USE',
  'MOVE',
  'NAMESPACE',
  'XOAUTH2',
  'SASL-IR',
];

/** A mail that the SMTP server took, with the people who get it. */
export interface Letter {
  from: string;
  to: string[];
  raw: string;
  mail: ParsedMail;
}

export interface Written {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  id?: string;
  /** Further lines of the head. */
  head?: string[];
  at?: Date;
}

/** How the next request of a kind goes wrong. `stored`: the SMTP server takes the message all the same. */
export interface MailBehaviour {
  as: MailFault;
  stored?: boolean;
}

const RANDOM_FAULTS: [name: string, fault: MailFault][] = [
  ['429 with a waiting time', { say: '% BAD Request is throttled. Suggested Backoff Time: 7000 milliseconds' }],
  ['429 without', { say: '% NO [LIMIT] Too many commands' }],
  ['500', { say: '% NO [UNAVAILABLE] Backend is down' }],
  ['reset', 'reset'],
  ['time-out', 'silence'],
  ['HTML', 'html'],
  ['half a body', 'half-body'],
];

interface MailboxSettings {
  /** What the IMAP server can do. */
  plugins?: unknown[];
  address?: string;
}

/**
 * A mailbox on 127.0.0.1: hoodiecrow as IMAP server (IDLE, UIDPLUS, MOVE, special folders, APPEND) and smtp-server as SMTP
 * server, both behind gates at which requests go wrong. No real address.
 */
export class MailPlatform {
  readonly letters: Letter[] = [];
  /** What people wrote to us. */
  readonly written: Required<Pick<Written, 'id' | 'from' | 'subject' | 'text' | 'at'>>[] = [];
  /** Every IMAP command and SMTP request, in order. */
  readonly requests: string[] = [];
  /** Whether what is sent is put among the sent mail by the server. */
  savesSent = false;
  faultRate = 0;
  random: () => number = Math.random;
  onFault: (fault: string) => void = () => {};
  /** Asked at the end of each message what becomes of it. */
  onMessage: () => MailBehaviour | undefined = () => undefined;
  /** Called when a letter has come in, before the answer goes out. */
  onLetter: (letter: Letter) => Promise<void> | void = () => {};
  now: () => number;
  readonly address: string;
  readonly imap: MailGate;
  readonly smtp: MailGate;
  readonly #imapServer: ImapServer;
  readonly #smtpServer: SMTPServer;
  readonly #behaviours = new Map<string, MailBehaviour[]>();
  #faults = 0;
  #stored = false;

  constructor(now: () => number = Date.now, { plugins = PLUGINS, address = ADDRESS }: MailboxSettings = {}) {
    this.now = now;
    this.address = address;
    this.#imapServer = hoodiecrow({
      plugins,
      users: { [address]: { password: PASSWORD, xoauth2: { accessToken: TOKEN } } },
      storage: {
        INBOX: {},
        '': {
          separator: '/',
          folders: {
            Sent: { 'special-use': '\\Sent' },
            Junk: { 'special-use': '\\Junk' },
            Drafts: { 'special-use': '\\Drafts' },
            Trash: { 'special-use': '\\Trash' },
            Done: {},
          },
        },
      },
    });
    this.#smtpServer = this.#makeSmtp();
    // Both say what they have to say in pieces, which would wait for each other.
    for (const { server } of [this.#imapServer, this.#smtpServer])
      server.on('connection', (socket) => socket.setNoDelay(true));
    this.imap = new MailGate(speakImap, () => portOf(this.#imapServer), {
      fault: (request) => this.#fault('imap', request),
    });
    this.smtp = new MailGate(speakSmtp, () => portOf(this.#smtpServer), {
      fault: (request) => this.#fault('smtp', request),
      stored: () => this.#stored,
    });
  }

  /** @param port of IMAP; SMTP takes the one after it. 0: free ones. */
  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#imapServer.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => void this.#smtpServer.listen(0, '127.0.0.1', resolve));
    await Promise.all([this.imap.start(port), this.smtp.start(port === 0 ? 0 : port + 1)]);
    return this;
  }

  async close(): Promise<void> {
    await Promise.all([this.imap.close(), this.smtp.close()]);
    await new Promise<void>((resolve) => this.#imapServer.close(resolve));
    await new Promise<void>((resolve) => this.#smtpServer.close(() => resolve()));
  }

  /** The options of a source that hears and answers here. */
  get options() {
    const none = 'none' as const;
    return {
      address: this.address,
      imapHost: '127.0.0.1',
      imapPort: this.imap.port,
      imapSecurity: none,
      smtpHost: '127.0.0.1',
      smtpPort: this.smtp.port,
      smtpSecurity: none,
    };
  }

  /** The next so many requests of this kind go wrong, such as `imap FETCH`, `smtp RCPT` or `smtp message`. */
  onNext(request: string, ...behaviours: MailBehaviour[]): void {
    this.#behaviours.set(request, [...(this.#behaviours.get(request) ?? []), ...behaviours]);
  }

  /** Somebody's mail comes in. */
  write(written: Written = {}, folder = 'INBOX'): StoredMessage {
    const n = this.written.length + 1;
    const {
      from = 'Mei Lin <mei@users.example>',
      to = this.address,
      subject = `Question ${n}`,
      head = [],
      at,
    } = written;
    const { id = `${n}.${from.length}@users.example`, text = `Is OKPay down? (${n})` } = written;
    this.written.push({ id, from, subject, text, at: at ?? new Date(this.now()) });
    const lines = [
      `Message-ID: <${id}>`,
      `From: ${encoded(from)}`,
      `To: ${to}`,
      `Subject: ${encoded(subject)}`,
      `Date: ${(at ?? new Date(this.now())).toUTCString()}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      ...head,
      '',
      Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ];
    return this.deliver(lines.join('\r\n'), folder, at);
  }

  /** A mail comes in as it stands, byte by byte. */
  deliver(raw: string | Buffer, folder = 'INBOX', at = new Date(this.now())): StoredMessage {
    const bytes = typeof raw === 'string' ? raw : raw.toString('latin1');
    return this.#imapServer.appendMessage(folder, [], at, bytes).message;
  }

  in(folder: string): StoredMessage[] {
    return this.#folder(folder).messages;
  }

  /** Somebody else puts a mail into another folder: it gets a new UID there. */
  move(message: StoredMessage, from: string, to: string): void {
    this.remove(message, from);
    this.deliver(message.raw, to, new Date(message.internaldate));
  }

  remove(message: StoredMessage, folder: string): void {
    const { messages } = this.#folder(folder);
    messages.splice(messages.indexOf(message), 1);
  }

  /** The folder is numbered anew, as after a restore from a backup or a move to another server. */
  renumber(folder: string): void {
    const box = this.#folder(folder);
    box.uidvalidity += 7;
    box.messages.forEach((message, index) => {
      message.uid = 100 + index;
    });
    box.uidnext = 100 + box.messages.length;
  }

  #folder(path: string): StoredFolder {
    const folder = this.#imapServer.getMailbox(path);
    if (!folder) throw new Error(`The local mailbox has no folder ${path}.`);
    return folder;
  }

  #makeSmtp(): SMTPServer {
    return new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      size: 10 * 1024 * 1024,
      onAuth: ({ username, password, accessToken }, _session, done) => {
        const right = username === this.address && (password === PASSWORD || accessToken === TOKEN);
        done(right ? null : Object.assign(new Error('Invalid credentials'), { responseCode: 535 }), { user: username });
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          this.#take(Buffer.concat(chunks), envelope).then(() => done(), done);
        });
      },
    });
  }

  async #take(bytes: Buffer, envelope: { mailFrom: unknown; rcptTo: { address: string }[] }): Promise<void> {
    const from = (envelope.mailFrom as { address: string }).address;
    const to = envelope.rcptTo.map(({ address }) => address);
    const letter = { from, to, raw: bytes.toString('latin1'), mail: await simpleParser(bytes) };
    this.letters.push(letter);
    if (this.savesSent) this.deliver(bytes, 'Sent');
    if (to.includes(this.address)) this.deliver(bytes);
    await this.onLetter(letter);
  }

  #fault(server: 'imap' | 'smtp', request: string): MailFault | undefined {
    if (request !== 'connect') this.requests.push(`${server} ${request}`);
    const message = server === 'smtp' && request === 'message';
    const planned = this.#behaviours.get(`${server} ${request}`)?.shift() ?? (message ? this.onMessage() : undefined);
    this.#stored = planned?.stored ?? false;
    if (planned) return planned.as;
    if (server === 'smtp' || request === 'connect' || this.random() >= this.faultRate) return undefined;
    const [name, fault] = RANDOM_FAULTS[this.#faults++ % RANDOM_FAULTS.length] ?? [];
    this.onFault(name ?? '');
    return fault;
  }
}

/** hoodiecrow forgets after the first mail of a FETCH how much of each was asked for. */
function partialOfEach({ fetchHandlers: own }: { fetchHandlers: FetchHandlers }): void {
  for (const key of ['BODY', 'BODY.PEEK']) {
    own[key] = (connection, message, query) => {
      query.whole ??= query.partial ?? [];
      if (query.whole.length > 0) query.partial = [...query.whole];
      const value = fetchHandlers[key]?.(connection, message, query);
      if (query.whole.length > 0) query.partial = query.whole.slice(0, 1);
      return value;
    };
  }
}

function portOf({ server }: { server: { address(): unknown } }): number {
  return (server.address() as { port: number }).port;
}

function encoded(text: string): string {
  return /^[\x20-\x7e]*$/.test(text)
    ? text
    : text.replace(/[^\x20-\x7e]+/g, (word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`);
}
