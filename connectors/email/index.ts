import { ConnectorError, defineConnector, type Emit } from '#kit';
import { EmailClient, SECRETS } from './client.ts';
import { examine } from './examine.ts';
import type { Mailbox } from './mailbox.ts';
import { Cursor, Options } from './options.ts';
import { find, send } from './reply.ts';
import { nextPage } from './walk.ts';
import { WORDS } from './words.ts';

/** Each takes a connection of its own, and servers allow about ten. */
const MOST_LIVE = 4;

export const email = defineConnector({
  about: {
    id: 'email',
    name: 'E-mail',
    summary: 'Hears a mailbox by IMAP, live where the server allows it, and answers by SMTP.',
    docs: 'https://www.rfc-editor.org/rfc/rfc9051',
    rules: 'https://www.rfc-editor.org/rfc/rfc3834',
    status: 'experimental',
    words: WORDS,
  },
  options: Options,
  secrets: SECRETS,
  cursor: Cursor,
  limits: {
    // RFC 5321 asks servers for at least 64 kB a message; nobody reads that much.
    maxReplyChars: 20_000,
    pullEverySeconds: 60,
    requests: { count: 60, perSeconds: 60 },
    verified: { at: 'https://www.rfc-editor.org/rfc/rfc5321', on: '2026-11-27' },
  },

  open: (env) => new EmailClient(env),

  async check(client, signal) {
    const { address } = client.options;
    const mailbox = await client.open(signal);
    try {
      const [first = 'INBOX'] = await client.folders(mailbox, signal);
      const opened = mailbox.select(first, signal).catch((thrown) => explain(thrown, client, mailbox, signal));
      const { exists } = await opened;
      // Whoever checks reads next.
      await client.leaveForReading(mailbox);
      return { id: address, handle: address, note: `${address}: ${exists} mails in ${first}` };
    } catch (thrown) {
      mailbox.close();
      throw thrown;
    }
  },

  examine,
  pull: nextPage,
  listen,

  reply: { once: 'look-up', send, find },
  close: (client) => client.close(),
});

/** A folder that cannot be opened: is there none of that name? Then those that are there are named. */
async function explain(thrown: unknown, client: EmailClient, mailbox: Mailbox, signal: AbortSignal): Promise<never> {
  if (!mailbox.usable || signal.aborted) throw thrown;
  const listed = (await mailbox.list(signal)).map(({ path }) => path);
  const missing = client.options.folders.filter((one) => one !== '*' && !listed.includes(one));
  if (missing.length === 0) throw thrown;
  const there = listed.slice(0, 20).join(', ');
  throw new ConnectorError('rejected', `There is no folder "${missing.join('", "')}". There are: ${there}.`);
}

/** Waits for news of the first folders, and has them pulled, so that only what is stored counts as read. */
async function listen(client: EmailClient, emit: Emit, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const paths = await client.over(signal, (mailbox) => client.folders(mailbox, signal));
  const live = paths.slice(0, MOST_LIVE).map((path) => listenTo(client, path, emit, either));
  try {
    await Promise.race(live);
  } finally {
    stop.abort();
    await Promise.allSettled(live);
  }
}

/** Ends with the connection: whoever calls opens it anew, and pulls beside it. */
async function listenTo(client: EmailClient, path: string, emit: Emit, signal: AbortSignal): Promise<void> {
  const mailbox = await client.open(signal);
  let pulling = Promise.resolve();
  mailbox.onNews(() => {
    // One after the other. News that come meanwhile are seen by the pull that is still to come.
    pulling = pulling.then(() => (signal.aborted ? undefined : emit.missed?.()));
  });
  try {
    await mailbox.select(path, signal);
    while (!signal.aborted && mailbox.usable) await mailbox.idle(signal);
  } finally {
    mailbox.close();
    await pulling;
  }
  signal.throwIfAborted();
}
