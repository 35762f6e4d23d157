import { type Attachment, cleanText, type FoundMention, parseDate, type ReplyPermission, z } from '#kit';

/** Pictures in one message. */
export const MOST_SCREENSHOTS = 3;
/** The most of one picture, in bytes. */
export const SCREENSHOT_MAX_BYTES = 10 * 1024 * 1024;
/** The most of the words around it, in bytes. */
export const JSON_MAX_BYTES = 64 * 1024;

const Line = z.string().trim().max(200).transform(cleanText);

/** How its author wants to be answered. */
export const Contact = z.discriminatedUnion('by', [
  z.object({ by: z.literal('none') }),
  z.object({ by: z.literal('app') }),
  z.object({ by: z.literal('email'), email: z.email().max(254) }),
]);
export type Contact = z.output<typeof Contact>;

/** One message, version 1. What is not listed here is not kept. */
export const Feedback = z.object({
  text: z.string().max(20_000).transform(cleanText).pipe(z.string().min(1)),
  lang: Line.optional(),
  version: Line.optional(),
  device: Line.optional(),
  /** Your own id of the person, so that an answer finds them and what they wrote stays together. */
  user: Line.optional(),
  name: Line.optional(),
  /** The id of an earlier message of theirs that this one goes on from. */
  follows: Line.optional(),
  contact: Contact.default({ by: 'none' }),
  saidAt: z.string().max(40).optional(),
  /** SHA-256 of each picture that comes along, in hex, in the same order. */
  screenshots: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(MOST_SCREENSHOTS)
    .default([]),
});
export type Feedback = z.output<typeof Feedback>;

/** What an answer needs, kept with the mention and erased with it. */
export const ReplyRef = z.discriminatedUnion('by', [
  z.object({ by: z.literal('app'), user: z.string() }),
  z.object({ by: z.literal('email'), email: z.string(), lang: z.string(), about: z.string() }),
]);
export type ReplyRef = z.output<typeof ReplyRef>;

/** What can be answered, and how. */
export interface Ways {
  app: boolean;
  email: boolean;
}

/** @param id the sender's own */
export function toMention(
  id: string,
  said: Feedback,
  attachments: Attachment[],
  of: { app: string; ways: Ways },
): FoundMention {
  const { text, user, name, follows, lang, version, device, contact } = said;
  const saidAt = said.saidAt === undefined ? undefined : parseDate(said.saidAt);
  const place = [version ? `${of.app} ${version}` : of.app, device].filter(Boolean).join(' · ');
  const ref = refOf(said);
  return {
    nativeId: id,
    author: { id: user || `anonymous ${id}`, name: name || 'App user' },
    text,
    place,
    conversationId: follows || id,
    permission: permissionOf(contact, of.ways),
    ...(saidAt !== undefined && { saidAt }),
    ...(follows && { parentId: follows }),
    ...(ref && { replyRef: JSON.stringify(ref) }),
    ...(lang && { langHint: lang }),
    ...(attachments.length > 0 && { attachments }),
  };
}

function refOf({ contact, user = '', lang = '', text }: Feedback): ReplyRef | undefined {
  if (contact.by === 'app') return { by: 'app', user };
  // The first words, so that whoever gets the answer knows what it is about.
  if (contact.by === 'email')
    return { by: 'email', email: contact.email, lang, about: text.slice(0, 80).toWellFormed() };
  return undefined;
}

function permissionOf({ by }: Contact, ways: Ways): ReplyPermission {
  if (by === 'none')
    return { how: 'never', why: 'Whoever wrote this did not ask for an answer and left no way to send one.' };
  if (ways[by]) return { how: 'api' };
  const what = by === 'app' ? 'the option "replyTo"' : 'the options "mailHost" and "mailFrom"';
  return { how: 'by-hand', why: `An answer is wanted, but not set up: see ${what} of this source.` };
}
