import { asFailure, type Finding } from '#kit';
import type { EmailClient } from './client.ts';
import type { Mailbox } from './mailbox.ts';
import { readMail } from './message.ts';
import { keepsCopies } from './reply.ts';
import { signInOnly } from './smtp.ts';

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
    await signInOnly(client.options, auth, { now: client.now(), signal });
    return { what, ok: true, message: `${smtpHost}:${smtpPort} accepts the sign-in` };
  } catch (thrown) {
    signal.throwIfAborted();
    return { what, ok: false, message: asFailure(thrown).message };
  }
}
