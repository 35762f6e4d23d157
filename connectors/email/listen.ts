/** Reading a mailbox: its folders mail by mail, what came along, waiting for news, and the look for a reply of ours. */
import type { FetchMessageObject, MessageStructureObject } from 'imapflow';
import {
  type Attachment,
  asFailure,
  ConnectorError,
  type CoverageSpan,
  type Emit,
  type FoundMention,
  type From,
  type Page,
  type Posted,
  type ReplyOrder,
  type SkippedItem,
} from '#kit';
import type { EmailClient } from './client.ts';
import type { Cursor, Folder, Options } from './index.ts';
import type { Mailbox } from './mailbox.ts';
import { type File, fileOf, type Mail, messageIdFor, readFound, readMail } from './messages.ts';

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

/** Four letters for three bytes, and an end of line after 76 of them. */
const OF_BASE64 = (3 / 4) * (76 / 78);

/** The files of a mail that is too long to be read whole, by its structure alone. */
function filesIn(structure: MessageStructureObject | undefined): File[] {
  return leavesOf(structure)
    .filter((part) => !isText(part))
    .map(({ type, parameters, dispositionParameters, encoding, size, part }) => {
      const bytes = size !== undefined && encoding?.toLowerCase() === 'base64' ? Math.floor(size * OF_BASE64) : size;
      return { ...fileOf(dispositionParameters?.filename ?? parameters?.name, type, bytes), ...(part && { part }) };
    });
}

/** The part that holds what was written, where the beginning of the mail did not. */
function textPartOf(structure: MessageStructureObject | undefined): MessageStructureObject | undefined {
  const texts = leavesOf(structure).filter((part) => part.part && isText(part));
  return texts.find(({ type }) => type === 'text/plain') ?? texts[0];
}

function isText({ type, disposition }: MessageStructureObject): boolean {
  return /^text\/(?:plain|html)$/i.test(type) && disposition?.toLowerCase() !== 'attachment';
}

function leavesOf(structure: MessageStructureObject | undefined): MessageStructureObject[] {
  const leaves: MessageStructureObject[] = [];
  const waiting = structure ? [structure] : [];
  for (let part = waiting.pop(); part && leaves.length < 200; part = waiting.pop()) {
    if (part.childNodes) waiting.push(...part.childNodes.toReversed());
    else leaves.push(part);
  }
  return leaves;
}

/** What is known to be complete since the last round; a hole where a folder lost its numbers. */
function coverageOf({ readAt, since }: Cursor, began: number, anew: string[]): CoverageSpan[] {
  const from = readAt || since;
  if (from >= began) return [];
  const [cause] = anew;
  return [cause ? { kind: 'hole', from, to: began, cause: anew.join(' ') } : { kind: 'seen', from, to: began }];
}

/** Each takes a connection of its own, and servers allow about ten. */
const MOST_LIVE = 4;

/** Waits for news of the first folders, and has them pulled, so that only what is stored counts as read. */
export async function listen(client: EmailClient, emit: Emit, signal: AbortSignal): Promise<void> {
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

const MOST_FILES = 20;
const MOST_PICTURES = 8;
/** The most that a picture may hold to be kept. */
const MOST_PICTURE = 10 * 1024 * 1024;
/** In a mail three bytes become four, and lines end. */
const IN_A_MAIL = 1.4;

/** A mail whose files are looked at, and where it lies. */
interface At {
  mailbox: Mailbox;
  uid: number;
  signal: AbortSignal;
}

/**
 * The mention with what came along: pictures kept where they can be, told by their content and written anew; everything else by
 * its name and size alone. Nothing is opened or unpacked here.
 */
async function withFiles(client: EmailClient, found: FoundMention, { files }: Mail, at: At): Promise<FoundMention> {
  // Of our own mails only the words are of interest.
  if (files.length === 0 || found.author.id === client.options.address) return found;
  const attachments: Attachment[] = [];
  let pictures = 0;
  for (const file of files.slice(0, MOST_FILES)) {
    const tried = isPicture(file) && pictures < MOST_PICTURES;
    if (tried) pictures++;
    attachments.push(tried ? await pictureOf(client, found.nativeId, file, at) : named(file));
  }
  const more = files.length - attachments.length;
  if (more > 0) attachments.push({ description: `and ${more} more files, in the mailbox` });
  return { ...found, attachments };
}

/** By what the sender says. What it truly is, the keeper finds out. */
function isPicture({ type, name }: File): boolean {
  return /^image\/(?:png|jpe?g|webp)$/.test(type) || /\.(?:png|jpe?g|webp)$/i.test(name);
}

async function pictureOf(client: EmailClient, nativeId: string, file: File, at: At): Promise<Attachment> {
  const { name, bytes: size = 0 } = file;
  if (size > MOST_PICTURE) return named(file, 'larger than 10 MB, in the mailbox');
  const bytes = file.content ?? (await contentOf(file, at));
  if (!bytes) return named(file);
  const kept = await client.keep({ nativeId, bytes, name });
  return 'refused' in kept ? named(file, kept.refused) : kept;
}

async function contentOf({ part }: File, { mailbox, uid, signal }: At): Promise<Buffer | undefined> {
  const raw = part && (await mailbox.part(uid, part, signal, Math.ceil(MOST_PICTURE * IN_A_MAIL)));
  return raw ? (await readMail(raw)).files[0]?.content : undefined;
}

function named({ name, type, bytes }: File, why?: string): Attachment {
  const described = [name, bytes === undefined ? [] : sizeOf(bytes), why ?? []].flat();
  return { description: described.join(', '), type };
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const NO_SENT =
  'The mail server names no folder of sent mail, so no reply can be looked for. Set "sentFolder", or "sentCopy" to "blind-copy".';

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

/** The mails with this id in a folder. Asked again of each, since some servers search by words. */
export async function uidsOf(mailbox: Mailbox, folder: string, id: string, signal: AbortSignal): Promise<number[]> {
  await mailbox.select(folder, signal);
  return mailbox.search({ header: { 'message-id': id } }, signal);
}

export async function putAway(mailbox: Mailbox, uids: number[], sent: string, signal: AbortSignal): Promise<void> {
  await mailbox.select('INBOX', signal, { write: true });
  await mailbox.move(uids, sent, signal);
}

/** Gmail and Exchange are known to keep what they send. */
export function keepsCopies(mailbox: Mailbox, { imapHost }: Options): boolean {
  return mailbox.can('X-GM-EXT-1') || /(?:^|\.)(?:office365|outlook)\.com$/i.test(imapHost);
}
