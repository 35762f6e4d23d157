import type { FetchMessageObject } from 'imapflow';
import { asFailure, ConnectorError, type CoverageSpan, type From, type Page, type SkippedItem } from '#kit';
import type { EmailClient } from './client.ts';
import { withFiles } from './files.ts';
import type { Mailbox } from './mailbox.ts';
import { filesIn, type Mail, readMail, textPartOf } from './message.ts';
import type { Cursor, Folder } from './options.ts';
import { readFound } from './schema.ts';

/** Mails of one page. With MOST_BYTES each, a page stays below 13 MB. */
const PAGE = 50;
const DAY_MS = 86_400_000;
/** By how many of the newest a folder that was numbered anew is recognised. */
const KNOWN = 10;

type Found = Pick<Page, 'found'> & { skipped: SkippedItem[] };

/** One page: the next mails of the next folder that has some. */
export async function nextPage(client: EmailClient, from: From<Cursor>, signal: AbortSignal): Promise<Page<Cursor>> {
  const now = client.now();
  const before: Cursor = 'cursor' in from ? from.cursor : { folders: {}, since: from.since, readAt: 0 };
  const mailbox = await client.mailbox(signal);
  const paths = await client.folders(mailbox, signal);
  const { since } = before;
  const folders = { ...before.folders };
  const began = before.round?.began ?? now;
  const anew = [...(before.round?.anew ?? [])];
  const start = Math.max(0, paths.indexOf(before.round?.folder ?? ''));

  for (const folder of paths.slice(start)) {
    const { place, waiting } = await openFolder(mailbox, folder, before, anew, signal);
    const slice = waiting.slice(0, PAGE);
    const uid = slice.at(-1);
    if (uid === undefined) {
      folders[folder] = place;
      continue;
    }
    const { found, skipped, ids } = await read(client, mailbox, { folder, since, uids: slice }, signal);
    folders[folder] = { ...place, last: uid, known: [...ids.toReversed(), ...place.known].slice(0, KNOWN) };
    return { found, skipped, cursor: { ...before, folders, round: { began, folder, anew } }, more: true };
  }
  await client.done();
  const { round: _, ...rest } = before;
  const known = Object.fromEntries(paths.flatMap((path) => (folders[path] ? [[path, folders[path]]] : [])));
  const cursor: Cursor = { ...rest, folders: known, readAt: began };
  return { found: [], cursor, more: false, coverage: coverageOf(before, began, anew), notices: anew };
}

/** Where reading goes on in a folder, and the UIDs that wait there. */
async function openFolder(mailbox: Mailbox, path: string, cursor: Cursor, anew: string[], signal: AbortSignal) {
  const { uidValidity, uidNext } = await mailbox.select(path, signal);
  const known = cursor.folders[path];
  if (known?.uidValidity === uidValidity) {
    return { place: known, waiting: await after(mailbox, known.last, signal) };
  }
  const fresh = { uidValidity, known: known?.known ?? [] };
  if (known) {
    const sentence = `The mail server numbered folder ${path} anew (UIDVALIDITY was ${known.uidValidity}, is ${uidValidity})`;
    anew.push(
      `${sentence}. It was read again up to mails that are known; what was taken out of it meanwhile cannot be seen.`,
    );
    const first = await firstUnsure(mailbox, known, cursor, signal);
    if (first !== undefined) {
      return { place: { ...fresh, last: first - 1 }, waiting: await after(mailbox, first - 1, signal) };
    }
  }
  const waiting = await mailbox.search(sinceOf(cursor.since), signal);
  // Where nothing waits, everything that comes from now on does.
  const last = (waiting[0] ?? uidNext) - 1;
  return { place: { ...fresh, last: Math.max(0, last) }, waiting };
}

/**
 * `N:*` always names the last mail, also when its UID is smaller than N (RFC 9051 section 9, seq-range), so what is known is
 * taken out.
 */
async function after(mailbox: Mailbox, last: number, signal: AbortSignal): Promise<number[]> {
  const found = await mailbox.search({ uid: `${last + 1}:*` }, signal);
  return found.filter((uid) => uid > last);
}

/** In a folder that was numbered anew: the first mail that may be new. Undefined when none is recognised. */
async function firstUnsure(
  mailbox: Mailbox,
  { known }: Folder,
  { readAt, since }: Cursor,
  signal: AbortSignal,
): Promise<number | undefined> {
  const recognised: number[] = [];
  for (const id of known) recognised.push(...(await mailbox.search({ header: { 'message-id': id } }, signal)));
  if (recognised.length === 0) return undefined;
  // Also what came since, wherever the move has put it: order need not survive one.
  const came = await mailbox.search(sinceOf(Math.max(since, readAt - DAY_MS)), signal);
  return Math.min(...recognised, ...came.slice(0, 1));
}

/** IMAP knows days only, in the time of the server, so one more is asked for. */
function sinceOf(since: number): { since: Date } | { all: true } {
  return since > 2 * DAY_MS ? { since: new Date(since - DAY_MS) } : { all: true };
}

interface Slice {
  folder: string;
  since: number;
  uids: number[];
}

async function read(
  client: EmailClient,
  mailbox: Mailbox,
  { folder, since, uids }: Slice,
  signal: AbortSignal,
): Promise<Found & { ids: string[] }> {
  const { messages, refused } = await mailbox.fetch(uids, signal);
  if (messages.length === 0) await assertGone(mailbox, uids, signal);
  const found: Found['found'] = [];
  const skipped: SkippedItem[] = refused.map((uid) => ({
    reason: `Mail ${uid} in ${folder} is one that the mail server cannot show. Please look at it in the mailbox.`,
  }));
  const ids: string[] = [];
  for (const message of messages.toSorted((a, b) => a.uid - b.uid)) {
    const cameAt = new Date(message.internalDate ?? Number.NaN).getTime() || client.now();
    if (cameAt < since) continue;
    try {
      const mail = await wholeMail(mailbox, message, signal);
      if (mail.id) ids.push(mail.id);
      const read = readFound(mail, { folder, cameAt }, client.options);
      if ('reason' in read) skipped.push(read);
      else found.push(await withFiles(client, read, mail, { mailbox, uid: message.uid, signal }));
    } catch (thrown) {
      // A connection that broke is no property of this mail.
      if (signal.aborted || thrown instanceof ConnectorError) throw thrown;
      skipped.push({ reason: `Mail ${message.uid} in ${folder} cannot be read: ${asFailure(thrown).message}` });
    }
  }
  return { found, skipped, ids };
}

/** @throws ConnectorError `bad-shape` when the server shows nothing of mails that it says are there */
async function assertGone(mailbox: Mailbox, uids: number[], signal: AbortSignal): Promise<void> {
  const there = await mailbox.search({ uid: uids.join(',') }, signal);
  if (there.length === 0) return;
  throw new ConnectorError('bad-shape', `The mail server lists ${there.length} mails and shows none of them.`);
}

/** Of a long mail the beginning is read, and the part that was written where that lies further down. */
async function wholeMail(mailbox: Mailbox, message: FetchMessageObject, signal: AbortSignal): Promise<Mail> {
  const { source, size = 0, bodyStructure, uid } = message;
  if (!source) throw new Error('the mail server does not show it');
  const mail = await readMail(source);
  if (size <= source.length) return mail;
  const part = mail.text ? undefined : textPartOf(bodyStructure)?.part;
  const bytes = part && bodyStructure?.childNodes ? await mailbox.part(uid, part, signal) : undefined;
  const text = bytes ? (await readMail(bytes)).text : mail.text;
  return { ...mail, text, files: filesIn(bodyStructure) };
}

/** What is known to be complete since the last round; a hole where a folder lost its numbers. */
function coverageOf({ readAt, since }: Cursor, began: number, anew: string[]): CoverageSpan[] {
  const from = readAt || since;
  if (from >= began) return [];
  const [cause] = anew;
  return [cause ? { kind: 'hole', from, to: began, cause: anew.join(' ') } : { kind: 'seen', from, to: began }];
}
