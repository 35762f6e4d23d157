import { setTimeout as pause } from 'node:timers/promises';
import MailComposer from 'nodemailer/lib/mail-composer';
import { asFailure, ConnectorError, type Instant, type Posted, parseJson, type ReplyOrder } from '#kit';
import type { EmailClient } from './client.ts';
import type { Mailbox } from './mailbox.ts';
import { isAddress } from './message.ts';
import type { Options } from './options.ts';
import { messageIdFor, ReplyRef } from './schema.ts';
import { deliver } from './smtp.ts';

/** When to look whether the server has put a reply among the sent mail, and whether it has delivered a blind copy. */
const LOOK_AFTER_MS = { auto: [0, 2_000], 'blind-copy': [0, 2_000, 4_000, 8_000] };

/** Sends one reply, once, and then sees to it that a copy lies with the sent mail. */
export async function send(client: EmailClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const { options } = client;
  const ref = refOf(order);
  const id = messageIdFor(order.key, options);
  const now = client.now();
  const message = await compose(order.text, ref, id, options, now);
  const auth = await client.signIn(signal, { smtp: true });
  const copy = options.sentCopy === 'blind-copy' ? [options.address] : [];
  await deliver(options, auth, { from: options.address, to: [ref.to, ...copy], message }, { now, signal });
  // It is out, and that is written down before anything else is done: the copy takes its time.
  client.meanwhile(async (patience) => {
    await keepCopy(client, id, message, now, patience).catch((thrown: unknown) => {
      client.warn('no copy of a reply among the sent mail', asFailure(thrown).message);
    });
  });
  return { nativeId: id, postedAt: now };
}

/** Looks for a reply by its Message-ID, among the sent mail and where a blind copy would lie. */
export function find(client: EmailClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const { options } = client;
  const id = messageIdFor(order.key, options);
  return client.over(signal, async (mailbox) => {
    const sent = await client.sentFolder(mailbox, signal);
    if (!sent && options.sentCopy !== 'blind-copy') throw new ConnectorError('rejected', NO_SENT);
    if (sent && (await uidsOf(mailbox, sent, id, signal)).length > 0)
      return { nativeId: id, postedAt: order.firstTriedAt };
    // A copy that was delivered proves as much, and is put where it belongs.
    const there = await uidsOf(mailbox, 'INBOX', id, signal);
    if (there.length === 0) return null;
    if (sent) await putAway(mailbox, there, sent, signal).catch(() => {});
    return { nativeId: id, postedAt: order.firstTriedAt };
  });
}

const NO_SENT =
  'The mail server names no folder of sent mail, so no reply can be looked for. Set "sentFolder", or "sentCopy" to "blind-copy".';

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

/** Where the server keeps a copy itself, ours would be a second one. */
async function keepCopy(
  client: EmailClient,
  id: string,
  message: Buffer,
  at: Instant,
  signal: AbortSignal,
): Promise<void> {
  const { sentCopy } = client.options;
  if (sentCopy === 'server') return;
  await client.over(signal, async (mailbox) => {
    if (sentCopy === 'auto' && keepsCopies(mailbox, client.options)) return;
    const sent = await client.sentFolder(mailbox, signal);
    if (!sent) throw new ConnectorError('rejected', NO_SENT);
    if (sentCopy === 'append') return mailbox.append(sent, message, at, signal);
    const folder = sentCopy === 'auto' ? sent : 'INBOX';
    for (const wait of LOOK_AFTER_MS[sentCopy]) {
      await pause(wait, undefined, { signal });
      const there = await uidsOf(mailbox, folder, id, signal);
      if (there.length === 0) continue;
      if (folder !== sent) await putAway(mailbox, there, sent, signal);
      return;
    }
    // A blind copy that takes longer stays where it is: it proves as much there, and reading knows it as ours.
    if (sentCopy === 'auto') await mailbox.append(sent, message, at, signal);
  });
}

/** Gmail and Exchange are known to keep what they send. */
export function keepsCopies(mailbox: Mailbox, { imapHost }: Options): boolean {
  return mailbox.can('X-GM-EXT-1') || /(?:^|\.)(?:office365|outlook)\.com$/i.test(imapHost);
}

/** The mails with this id in a folder. Asked again of each, since some servers search by words. */
async function uidsOf(mailbox: Mailbox, folder: string, id: string, signal: AbortSignal): Promise<number[]> {
  await mailbox.select(folder, signal);
  return mailbox.search({ header: { 'message-id': id } }, signal);
}

async function putAway(mailbox: Mailbox, uids: number[], sent: string, signal: AbortSignal): Promise<void> {
  await mailbox.select('INBOX', signal, { write: true });
  await mailbox.move(uids, sent, signal);
}
