import { KEPT_NAME } from '../../core/attachments.ts';
import type { Attachment, FoundMention, Instant, ReplyPermission } from '../../core/nouns.ts';

/** The most of one text that is kept, in UTF-16 units. Nobody reads more, and one row must not fill a disk. */
export const MAX_TEXT = 10_000_000;
const MAX_FIELD = 4_000;
const MAX_ATTACHMENTS = 100;

/** Why one item cannot be kept. The page goes on without it. */
export class UnusableItem extends Error {}

/**
 * What a connector found, made safe to store: text whole and well-formed, links to the web only, times that can be. Markup
 * stays as it is, since every surface shows text as text.
 *
 * @throws UnusableItem
 */
export function tidy(found: FoundMention, now: Instant): FoundMention {
  if (typeof found !== 'object' || found === null) throw new UnusableItem('not an item at all');
  if (typeof found.nativeId !== 'string' || found.nativeId === '') throw new UnusableItem('has no id');
  if (typeof found.text !== 'string') throw new UnusableItem('has no text');
  if (typeof found.author?.id !== 'string') throw new UnusableItem('has no author');

  return {
    nativeId: line(found.nativeId),
    text: wholeText(found.text),
    author: {
      id: line(found.author.id),
      ...field('handle', found.author.handle),
      ...field('name', found.author.name),
      ...link('url', found.author.url),
    },
    permission: permissionOf(found.permission),
    ...time('saidAt', found.saidAt, now),
    ...time('editedAt', found.editedAt, now),
    ...link('url', found.url),
    ...field('conversationId', found.conversationId),
    ...field('parentId', found.parentId),
    ...(found.replyRef !== undefined && { replyRef: String(found.replyRef) }),
    ...field('platform', found.platform),
    ...field('place', found.place),
    ...field('langHint', found.langHint),
    ...(found.attachments && { attachments: attachmentsOf(found.attachments) }),
  };
}

/** Without what no database takes: NUL, and halves of characters. */
function wellFormed(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function line(text: string): string {
  return wellFormed(text.length > MAX_FIELD ? text.slice(0, MAX_FIELD) : text);
}

function wholeText(text: string): string {
  if (text.length <= MAX_TEXT) return wellFormed(text);
  const end = isHighSurrogate(text.charCodeAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
  return `${wellFormed(text.slice(0, end))}\n[… ${text.length - end} more characters were not kept]`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function field<Name extends string>(name: Name, value: unknown): { [K in Name]?: string } {
  return (typeof value === 'string' && value !== '' ? { [name]: line(value) } : {}) as { [K in Name]?: string };
}

/** Only the web: a `javascript:` or `data:` address must never become a link in somebody's inbox. As browsers read it. */
function link<Name extends string>(name: Name, value: unknown): { [K in Name]?: string } {
  if (typeof value !== 'string' || !URL.canParse(value)) return {};
  const { protocol, href } = new URL(value);
  if (protocol !== 'http:' && protocol !== 'https:') return {};
  return field(name, /^https?:/i.test(value) ? value : href);
}

/** A time before 1970 or none at all is left out; one that lies ahead is a wrong clock, ours or theirs. */
function time<Name extends string>(name: Name, value: unknown, now: Instant): { [K in Name]?: Instant } {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 1) return {};
  return { [name]: Math.min(Math.round(value), now) } as { [K in Name]?: Instant };
}

function permissionOf(permission: ReplyPermission | undefined): ReplyPermission {
  if (permission?.how === 'api') return { how: 'api' };
  if (permission?.how === 'by-hand' || permission?.how === 'never') {
    return { how: permission.how, why: line(String(permission.why)) };
  }
  throw new UnusableItem('does not say whether we may answer');
}

function attachmentsOf(attachments: readonly Attachment[]): Attachment[] {
  return attachments.slice(0, MAX_ATTACHMENTS).flatMap((attachment) => {
    const tidied: Attachment = {
      ...link('url', attachment?.url),
      ...(typeof attachment?.file === 'string' && KEPT_NAME.test(attachment.file) && { file: attachment.file }),
      ...field('description', attachment?.description),
    };
    if (Object.keys(tidied).length === 0) return [];
    return [
      {
        ...tidied,
        ...field('type', attachment.type),
        ...pixels('width', attachment.width),
        ...pixels('height', attachment.height),
      },
    ];
  });
}

function pixels<Name extends string>(name: Name, value: unknown): { [K in Name]?: number } {
  return (Number.isInteger(value) && Number(value) > 0 ? { [name]: value } : {}) as { [K in Name]?: number };
}
