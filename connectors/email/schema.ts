import { createHash } from 'node:crypto';
import { cleanText, type FoundMention, type Instant, type ReplyPermission, z } from '#kit';
import { automaticKind, looksForged } from './automatic.ts';
import type { Mail, Person } from './message.ts';
import type { Options } from './options.ts';
import { isForward, ownWords } from './quotes.ts';

/** What a reply needs, as it travels with the mention. */
export const ReplyRef = z.object({
  to: z.string(),
  subject: z.string(),
  id: z.string().optional(),
  references: z.array(z.string()),
});
export type ReplyRef = z.output<typeof ReplyRef>;

/** The first and the newest are enough for every mail program to keep a conversation together. */
const MOST_REFERENCES = 20;

/** Where a mail lay, and when it came. */
export interface Place {
  folder: string;
  cameAt: Instant;
}

/** What a mail says, in our words; or why it is left out. */
export function readFound(
  mail: Mail,
  place: Place,
  options: Options,
): FoundMention | { reason: string; nativeId: string } {
  const ours = [options.address, ...options.aliases];
  const author = authorOf(mail, options);
  const forged = looksForged(mail, options);
  // Who only claims to be us is a stranger, and must be heard.
  const own = ours.includes(author.address) && !forged;
  const nativeId = nativeIdOf(mail, place, author.address, options);
  const automatic = own ? undefined : automaticKind(mail, options);
  const aboutOurs = automatic?.kind === 'report' && isReplyOfOurs(mail.returned?.id ?? mail.inReplyTo, options);
  if (automatic && !aboutOurs && options.automatic === 'leave-out') return { reason: automatic.why, nativeId };

  const parentId = own
    ? parentOfOurs(mail, options)
    : mail.inReplyTo && idFrom(mail.inReplyTo, options.address, options);
  const about = aboutOurs ? (mail.returned?.references[0] ?? mail.returned?.id) : undefined;
  return {
    nativeId,
    author: {
      // All our addresses are one author to the rest, and a stranger who claims one of them is none of them.
      id: own ? options.address : forged ? `forged ${author.address}` : author.address,
      ...(!forged && { handle: author.address }),
      name: author.name || author.address,
    },
    text: textOf(mail),
    saidAt: place.cameAt,
    conversationId: about ?? mail.references[0] ?? mail.id ?? nativeId,
    ...(parentId && { parentId }),
    permission: automatic ? { how: 'never', why: automatic.why } : permissionFor(mail, author, forged, options),
    replyRef: JSON.stringify(replyRefOf(mail, author)),
    place: place.folder === 'INBOX' ? options.address : place.folder,
  };
}

/** The sender; of a contact form whoever filled it in. */
function authorOf({ from, replyTo }: Mail, { contactForms }: Options): Person {
  const sender = from[0] ?? { address: '', name: '' };
  return (contactForms.includes(sender.address) && replyTo[0]) || sender;
}

function textOf({ subject, text }: Mail): string {
  const words = ownWords(text, { forwarded: isForward(subject) });
  return cleanText([subject, words].filter(Boolean).join('\n')) || '[a mail without any text]';
}

function permissionFor(mail: Mail, author: Person, forged: boolean, options: Options): ReplyPermission {
  const byHand = (why: string): ReplyPermission => ({ how: 'by-hand', why });
  const to = targetOf(mail, author);
  if (!to) return { how: 'never', why: 'It names no address that an answer could go to.' };
  if (forged) {
    return byHand(
      'The mail server found that the sender is probably forged, so an answer might go to somebody who never wrote. Ask them another way first.',
    );
  }
  if ([options.address, ...options.aliases].includes(to))
    return { how: 'never', why: 'An answer would go to ourselves.' };
  if (mail.replyTo.length > 1)
    return byHand('It asks for answers to several addresses. Choose one, and answer by hand.');
  if (to !== author.address) {
    return byHand(
      `It asks for answers to ${to} and not to the sender. Fraud looks like that, too: look at it, then answer by hand.`,
    );
  }
  if (!options.smtpHost) return byHand('No SMTP server is set ("smtpHost"), so nothing can be sent from here.');
  return { how: 'api' };
}

/** Reply-To before From. */
function targetOf({ replyTo }: Mail, author: Person): string {
  return replyTo[0]?.address ?? author.address;
}

function replyRefOf(mail: Mail, author: Person): ReplyRef {
  const all = [...mail.references.filter((id) => id !== mail.id), ...(mail.id ? [mail.id] : [])];
  const references = all.length > MOST_REFERENCES ? [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)] : all;
  return { to: targetOf(mail, author), subject: mail.subject, ...(mail.id && { id: mail.id }), references };
}

/**
 * A Message-ID with its sender: a stranger who learned an id cannot put other words in the place of what was written. Our own
 * replies go by their id alone. Without an id the mail is known by what is in it.
 */
function nativeIdOf(mail: Mail, { cameAt }: Place, author: string, options: Options): string {
  if (mail.id) return idFrom(mail.id, author, options);
  const date = mail.header('date')[0] ?? String(cameAt);
  return `no-id/${digest([author, date, mail.subject, mail.text].join('\n')).slice(0, 32)}`;
}

export function idFrom(id: string, sender: string, options: Pick<Options, 'address'>): string {
  return isReplyOfOurs(id, options) ? id : `${id}/${digest(sender).slice(0, 8)}`;
}

/** What one of us answers was written by whoever it goes to. */
function parentOfOurs({ inReplyTo, to }: Mail, options: Options): string | undefined {
  return inReplyTo && to[0] && idFrom(inReplyTo, to[0].address, options);
}

/**
 * The Message-ID of a reply, made of its key alone: the key is stored before anything is sent, so the id is known to every
 * process that comes later, and the same on every try.
 */
export function messageIdFor(key: string, { address }: Pick<Options, 'address'>): string {
  return `earshot.${digest(key).slice(0, 32)}@${domainOf(address)}`;
}

function isReplyOfOurs(id: string | undefined, { address }: Pick<Options, 'address'>): boolean {
  return id !== undefined && /^earshot\.[\da-f]{32}@/.test(id) && id.endsWith(`@${domainOf(address)}`);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
