/** One mailbox of ours: who signs in, with what, and over which connection. */
import type { LookupFunction } from 'node:net';
import {
  type Attachment,
  ConnectorError,
  type Env,
  type GivenFile,
  type Instant,
  type NotKept,
  RefreshedToken,
} from '#kit';
import type { Options, SecretName } from './index.ts';
import { type ListedFolder, Mailbox, type SignIn } from './mailbox.ts';
import { Copies } from './reply.ts';

type EmailEnv = Env<Options, SecretName>;

/** The longest that whoever closes waits for what goes on beside everything else. */
const CLOSE_MS = 6_000;
/** Never heard with "*": nobody wrote to us there, or not yet. */
const LEFT_OUT = ['\\Drafts', '\\Sent', '\\Junk', '\\Trash', '\\All', '\\Flagged'];

/** One mailbox: who we sign in as, and the connection that reading shares from page to page. */
export class EmailClient {
  readonly options: Options;
  readonly copies = new Copies(this);
  readonly #env: EmailEnv;
  #reading: Mailbox | undefined;
  /** Those that were not closed yet, and perhaps some that ended by themselves. */
  readonly #open = new Set<Mailbox>();
  #closed = false;
  /** Aborted when whoever closes has waited long enough. */
  readonly #late = new AbortController();
  readonly #meanwhile = new Set<Promise<void>>();
  #paths: string[] | undefined;
  readonly #token: RefreshedToken;

  /** @throws ConnectorError `unauthorized` when there is nothing to sign in with */
  constructor(env: EmailEnv) {
    this.#env = env;
    this.options = env.options;
    this.#token = new RefreshedToken(env, {
      url: env.options.tokenAddress,
      clientId: env.secrets.clientId.reveal(),
      clientSecret: env.secrets.clientSecret.reveal(),
      refreshToken: env.secrets.refreshToken.reveal(),
      advice: 'Make a new refresh token, as connectors/email/README.md says.',
    });
    const has = (name: SecretName) => env.secrets[name].reveal() !== '';
    if (!has('password') && !has('accessToken') && !has('refreshToken')) {
      throw new ConnectorError(
        'unauthorized',
        'The mailbox needs a password or a token: set EMAIL_PASSWORD, EMAIL_ACCESS_TOKEN or EMAIL_REFRESH_TOKEN and start again.',
      );
    }
    if (has('refreshToken') && !has('password') && (!has('clientId') || !this.options.tokenAddress)) {
      throw new ConnectorError(
        'unauthorized',
        'EMAIL_REFRESH_TOKEN needs EMAIL_CLIENT_ID beside it, and the option "tokenAddress". Set them and start again.',
      );
    }
  }

  warn(message: string, why: string): void {
    this.#env.log.warn(message, { why });
  }

  /** Keeps a picture that came along, made anew. */
  keep(file: GivenFile): Promise<Attachment | NotKept> {
    return this.#env.attachments.keep(file);
  }

  now(): Instant {
    return this.#env.now();
  }

  /** How to sign in. `smtp`: with the other name and password, where there are some. */
  async signIn(signal: AbortSignal, { smtp = false } = {}): Promise<SignIn> {
    const { secrets } = this.#env;
    const { address, user, smtpUser } = this.options;
    const name = (smtp && smtpUser) || user || address;
    const pass = (smtp && secrets.smtpPassword.reveal()) || secrets.password.reveal();
    if (pass) return { user: name, pass };
    return { user: name, accessToken: secrets.accessToken.reveal() || (await this.#token.get(signal)) };
  }

  /** @throws ConnectorError `rejected` where mail servers may not be, see `Reach` */
  smtpLookup(): LookupFunction {
    return this.#env.reach(this.options.smtpHost, this.options.smtpPort);
  }

  /** A connection of its own. Whoever opens it closes it, at the latest `close` does. */
  async open(signal: AbortSignal, onEnd?: () => void): Promise<Mailbox> {
    const { log } = this.#env;
    const auth = await this.signIn(signal);
    const now = () => this.now();
    const { imapHost, imapPort } = this.options;
    const lookup = this.#env.reach(imapHost, imapPort);
    const mailbox = await Mailbox.open(this.options, auth, { lookup, now, log, signal, ...(onEnd && { onEnd }) });
    for (const known of this.#open) if (!known.usable) this.#open.delete(known);
    this.#open.add(mailbox);
    if (!this.#closed) return mailbox;
    mailbox.close();
    throw new ConnectorError('unavailable', 'The mailbox was closed meanwhile.');
  }

  /** Does something over a connection of its own. */
  async over<T>(signal: AbortSignal, work: (mailbox: Mailbox) => Promise<T>): Promise<T> {
    const mailbox = await this.open(signal);
    try {
      return await work(mailbox);
    } finally {
      await mailbox.leave();
    }
  }

  /** The connection that reading uses, as long as there are pages. Only one reads at a time. */
  async mailbox(signal: AbortSignal): Promise<Mailbox> {
    if (this.#reading?.usable) return this.#reading;
    this.#paths = undefined;
    const opened = await this.open(signal);
    // Left by a check that ended meanwhile.
    this.#reading?.close();
    this.#reading = opened;
    return opened;
  }

  /** Leaves a connection for whoever reads next, unless there is one: two who look at once are one too many. */
  async leaveForReading(mailbox: Mailbox): Promise<void> {
    if (this.#reading?.usable) await mailbox.leave();
    else this.#reading = mailbox;
  }

  /** The folders to hear. Asked for once for each connection. */
  async folders(mailbox: Mailbox, signal: AbortSignal): Promise<string[]> {
    const { folders } = this.options;
    if (!folders.includes('*')) return folders;
    this.#paths ??= (await mailbox.list(signal))
      .filter(({ specialUse = '' }) => !LEFT_OUT.includes(specialUse))
      .map(({ path }) => path);
    return this.#paths;
  }

  /** Reading is over for now. */
  async done(): Promise<void> {
    const mailbox = this.#reading;
    this.#reading = undefined;
    await mailbox?.leave();
  }

  /** Does something that nobody waits for but whoever closes, who aborts it after a while. `work` does not throw. */
  meanwhile(work: (late: AbortSignal) => Promise<void>): void {
    const done = work(this.#late.signal).finally(() => this.#meanwhile.delete(done));
    this.#meanwhile.add(done);
  }

  async close(): Promise<void> {
    const late = setTimeout(() => this.#late.abort(), CLOSE_MS);
    await Promise.all(this.#meanwhile);
    clearTimeout(late);
    this.#closed = true;
    this.#reading = undefined;
    for (const mailbox of this.#open) mailbox.close();
    this.#open.clear();
  }

  /** The folder of sent mail: the one that is set, or the one that the server names. */
  async sentFolder(mailbox: Mailbox, signal: AbortSignal): Promise<string | undefined> {
    return this.options.sentFolder || sentAmong(await mailbox.list(signal));
  }
}

function sentAmong(listed: readonly ListedFolder[]): string | undefined {
  return listed.find(({ specialUse }) => specialUse === '\\Sent')?.path;
}
