/** Copies of our replies among the sent mail, where the server does not keep them itself. */
import { setTimeout as pause } from 'node:timers/promises';
import { asFailure, ConnectorError, type Instant } from '#kit';
import type { EmailClient } from './client.ts';
import type { Options } from './index.ts';
import type { Mailbox } from './mailbox.ts';

/** When to look, after the reply went out, whether the server has put it there, and whether a blind copy has come. */
const LOOK_AFTER_MS = { append: [], auto: [0, 2_000], 'blind-copy': [0, 2_000, 6_000, 14_000] };
/** The longest that one copy may take, beside waiting for the time to look. */
const PATIENCE_MS = 20_000;

export const NO_SENT =
  'The mail server names no folder of sent mail, so no reply can be looked for. Set "sentFolder", or "sentCopy" to "blind-copy".';

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

/** Gmail and Exchange are known to keep what they send. */
export function keepsCopies(mailbox: Mailbox, { imapHost }: Options): boolean {
  return mailbox.can('X-GM-EXT-1') || /(?:^|\.)(?:office365|outlook)\.com$/i.test(imapHost);
}

/** The mails with this id in a folder. Asked again of each, since some servers search by words. */
export async function uidsOf(mailbox: Mailbox, folder: string, id: string, signal: AbortSignal): Promise<number[]> {
  await mailbox.select(folder, signal);
  return mailbox.search({ header: { 'message-id': id } }, signal);
}

export async function putAway(mailbox: Mailbox, uids: number[], sent: string, signal: AbortSignal): Promise<void> {
  await mailbox.select('INBOX', signal, { write: true });
  await mailbox.move(uids, sent, signal);
}
