import type { Attachment, FoundMention } from '#kit';
import type { EmailClient } from './client.ts';
import type { Mailbox } from './mailbox.ts';
import { type File, type Mail, readMail } from './message.ts';

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
export async function withFiles(
  client: EmailClient,
  found: FoundMention,
  { files }: Mail,
  at: At,
): Promise<FoundMention> {
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
