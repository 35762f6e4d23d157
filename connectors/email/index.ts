/** E-mail on one screen: what is set, what it is, who does what, and what `earshot doctor` says of it. */
import { asFailure, ConnectorError, defineConnector, type Finding, z } from '#kit';
import { EmailClient } from './client.ts';
import { find, keepsCopies, listen, nextPage } from './listen.ts';
import type { Mailbox } from './mailbox.ts';
import { readMail } from './messages.ts';
import { send, signInOnly } from './reply.ts';
import { SAID, WORDS } from './words.ts';

const Address = z.email().toLowerCase();
const Security = z.enum(['tls', 'starttls', 'none']);
const LOCAL = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

export const Options = z
  .object({
    address: Address.describe('The address of the mailbox, such as help@example.com. Replies come from it.'),
    senderName: z
      .string()
      .trim()
      .max(100)
      .default('')
      .describe('The name beside the address in replies, such as "OKPay Help". Empty: the address alone.'),
    aliases: z
      .array(Address)
      .default([])
      .describe('Other addresses that are ours. Mail from them is known as our own, and never answered.'),
    imapHost: z.string().trim().min(1).describe('The IMAP server, such as imap.example.com.'),
    imapPort: z.int().min(1).max(65_535).default(993).describe('Its port: 993 for TLS, 143 for STARTTLS.'),
    imapSecurity: Security.default('tls').describe(
      '"tls" from the start, "starttls" and never without, "none" only for a server on this machine.',
    ),
    smtpHost: z
      .string()
      .trim()
      .default('')
      .describe('The SMTP server for replies, such as smtp.example.com. Empty: replies are sent by hand.'),
    smtpPort: z.int().min(1).max(65_535).default(465).describe('Its port: 465 for TLS, 587 for STARTTLS.'),
    smtpSecurity: Security.default('tls').describe('The same choice for SMTP.'),
    user: z.string().trim().default('').describe('The name to sign in with. Empty: the address.'),
    smtpUser: z.string().trim().default('').describe('The name to sign in to SMTP with, where it is another one.'),
    folders: z
      .array(z.string().trim().min(1))
      .min(1)
      .default(['INBOX'])
      .describe('Folders to hear, by their whole name. "*" alone: all but drafts, sent mail, junk and trash.'),
    sentFolder: z
      .string()
      .trim()
      .default('')
      .describe('The folder of sent mail. Empty: the one that the server names as such.'),
    sentCopy: z
      .enum(['auto', 'server', 'append', 'blind-copy'])
      .default('auto')
      .describe(
        'How a reply gets into the folder of sent mail, where a reply of unknown outcome is looked for. "server": the mail server puts it there. "append": Earshot does, after the server has taken it. "auto": Earshot does where it does not turn up by itself. "blind-copy": the server delivers a copy to the mailbox, and Earshot moves it there; the surest way where the server puts nothing there.',
      ),
    automatic: z
      .enum(['leave-out', 'hear'])
      .default('leave-out')
      .describe('Automatic mail, newsletters and lists: "leave-out", or "hear" without ever answering.'),
    ownLists: z
      .array(z.string().trim().toLowerCase().min(1))
      .default([])
      .describe(
        'List-Ids of your own groups, such as help.example.com: what comes through them was written by people.',
      ),
    contactForms: z
      .array(Address)
      .default([])
      .describe('Addresses that your contact forms send from. Whoever Reply-To names is then taken as the author.'),
    authServer: z
      .string()
      .trim()
      .toLowerCase()
      .default('')
      .describe(
        'The name with which your mail server signs its Authentication-Results, to tell a forged sender. Empty: the topmost one counts.',
      ),
    tokenAddress: z
      .string()
      .trim()
      .regex(/^(?:https?:\/\/\S+)?$/)
      .default('')
      .describe('Where a refresh token is exchanged, such as https://oauth2.googleapis.com/token. Only for OAuth 2.'),
    patienceSeconds: z
      .number()
      .min(0.1)
      .max(600)
      .default(60)
      .describe('How long the mail server may be silent before a request counts as lost.'),
  })
  .superRefine(({ imapHost, imapSecurity, smtpHost, smtpSecurity }, context) => {
    const open = {
      imapSecurity: imapSecurity === 'none' && imapHost,
      smtpSecurity: smtpSecurity === 'none' && smtpHost,
    };
    for (const [option, host] of Object.entries(open)) {
      if (!host || LOCAL.test(host)) continue;
      context.addIssue({
        code: 'custom',
        path: [option],
        message: `"none" would show the password to the network on the way to ${host}.`,
      });
    }
  });
export type Options = z.output<typeof Options>;

export const SECRETS = {
  password: {
    env: 'EMAIL_PASSWORD',
    describe: 'Password of the mailbox; with two-step sign-in an app password. Or one of the tokens below',
    optional: true,
  },
  smtpPassword: {
    env: 'EMAIL_SMTP_PASSWORD',
    describe: 'Password for SMTP, where it is another one',
    optional: true,
  },
  accessToken: {
    env: 'EMAIL_ACCESS_TOKEN',
    describe: 'OAuth 2 access token. Ends after an hour with most providers, so a refresh token is better',
    optional: true,
  },
  refreshToken: {
    env: 'EMAIL_REFRESH_TOKEN',
    describe: 'OAuth 2 refresh token, with which Earshot gets access tokens itself ("tokenAddress")',
    optional: true,
  },
  clientId: {
    env: 'EMAIL_CLIENT_ID',
    describe: 'Id of the OAuth 2 app that the refresh token belongs to',
    optional: true,
  },
  clientSecret: { env: 'EMAIL_CLIENT_SECRET', describe: 'Secret of the same app', optional: true },
} as const;
export type SecretName = keyof typeof SECRETS;

/** What is remembered of one folder. */
export const Folder = z.object({
  /** Under another one, all UIDs of the folder mean something else. A number beyond what JSON holds, so a text. */
  uidValidity: z.string(),
  /** Everything up to this UID is stored. */
  last: z.int().min(0),
  /** Message-IDs of the newest that are stored, by which the place is found again after the folder was numbered anew. */
  known: z.array(z.string()).max(10),
});
export type Folder = z.output<typeof Folder>;

export const Cursor = z.object({
  /** By their names. */
  folders: z.record(z.string(), Folder),
  /** Nothing older is heard. */
  since: z.int(),
  /** When everything there was had been read. 0 before the first time. */
  readAt: z.int().min(0),
  /** A round over the folders that is not over. */
  round: z
    .object({
      began: z.int(),
      /** The folder that comes next. */
      folder: z.string(),
      /** Folders that were numbered anew since the last round, with where reading began again. */
      anew: z.array(z.string()),
    })
    .optional(),
});
export type Cursor = z.output<typeof Cursor>;

export const email = defineConnector({
  about: {
    id: 'email',
    name: 'E-mail',
    summary: 'Hears a mailbox by IMAP, live where the server allows it, and answers by SMTP.',
    docs: 'https://www.rfc-editor.org/rfc/rfc9051',
    rules: 'https://www.rfc-editor.org/rfc/rfc3834',
    status: 'experimental',
    words: WORDS,
    said: SAID,
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

/** For `earshot doctor`: each folder, live news, forged senders, sending, and where copies of replies lie. */
export async function examine(client: EmailClient, signal: AbortSignal): Promise<Finding[]> {
  const findings = await client.over(signal, async (mailbox) => [
    ...(await foldersIn(client, mailbox, signal)),
    liveness(mailbox),
    await forgeries(client, mailbox, signal),
    await copies(client, mailbox, signal),
  ]);
  return [...findings, await sending(client, signal)];
}

async function foldersIn(client: EmailClient, mailbox: Mailbox, signal: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const path of await client.folders(mailbox, signal)) {
    const { exists } = await mailbox.select(path, signal);
    findings.push({ what: 'folder', ok: true, message: `${path} holds ${exists} mails` });
  }
  return findings;
}

function liveness(mailbox: Mailbox): Finding {
  const live = mailbox.can('IDLE');
  const message = live
    ? 'the server tells of new mail at once (IDLE)'
    : 'the server cannot tell of new mail (no IDLE); it is asked every minute or two';
  return { what: 'live', ok: true, message };
}

async function forgeries(client: EmailClient, mailbox: Mailbox, signal: AbortSignal): Promise<Finding> {
  const what = 'forged senders';
  const [path = 'INBOX'] = await client.folders(mailbox, signal);
  const { exists } = await mailbox.select(path, signal);
  const newest = exists > 0 ? await mailbox.newest(signal) : undefined;
  const results = newest?.source ? (await readMail(newest.source)).header('authentication-results') : [];
  const [first] = results;
  if (!first) {
    const message = newest
      ? 'the newest mail holds no Authentication-Results, so a forged sender is not noticed. Ask whoever runs the mail server to check DMARC.'
      : 'there is no mail yet, so nobody can tell whether the server checks senders';
    return { what, ok: !newest, message };
  }
  const server = first.split(/[;\s]/)[0] ?? '';
  const named = client.options.authServer === server.toLowerCase();
  const message = named
    ? `what ${server} finds out about senders is heeded`
    : `senders are checked by ${server}. If that is your own server, set "authServer" to this name.`;
  return { what, ok: true, message };
}

async function copies(client: EmailClient, mailbox: Mailbox, signal: AbortSignal): Promise<Finding> {
  const what = 'sent mail';
  const { sentCopy, smtpHost } = client.options;
  if (!smtpHost) return { what, ok: true, message: 'nothing is sent from here' };
  const sent = await client.sentFolder(mailbox, signal);
  if (!sent) {
    const message =
      'The server names no folder of sent mail. Set "sentFolder", or no reply of unknown outcome can be found.';
    return { what, ok: false, message };
  }
  await mailbox.select(sent, signal);
  const kept = keepsCopies(mailbox, client.options);
  const how = {
    auto: kept ? 'the server is known to put replies there' : 'Earshot puts replies there where the server does not',
    server: 'the server is relied on to put replies there',
    append: 'Earshot puts replies there',
    'blind-copy': 'replies come back as a blind copy and are moved there',
  };
  return { what, ok: true, message: `${sent}: ${how[sentCopy]}` };
}

async function sending(client: EmailClient, signal: AbortSignal): Promise<Finding> {
  const what = 'sending';
  const { smtpHost, smtpPort } = client.options;
  if (!smtpHost) return { what, ok: true, message: 'no SMTP server is set, so replies are sent by hand' };
  try {
    const auth = await client.signIn(signal, { smtp: true });
    await signInOnly(client.options, auth, { lookup: client.smtpLookup(), now: client.now(), signal });
    return { what, ok: true, message: `${smtpHost}:${smtpPort} accepts the sign-in` };
  } catch (thrown) {
    signal.throwIfAborted();
    return { what, ok: false, message: asFailure(thrown).message };
  }
}
