import { createHash } from 'node:crypto';
import { type Attachment, type Author, cleanText, type FoundMention, type Instant } from '#kit';
import { compact } from './values.ts';

/** One message as a file holds it, whatever the format: the only fields we use. */
export interface Said {
  id?: string;
  /** Set when ids count from 1 in each file, so that two files never meet: it is put before `id` and `parentId`. */
  idSpace?: string;
  author: Partial<Author>;
  title?: string;
  text: string;
  saidAt?: Instant;
  editedAt?: Instant;
  url?: string;
  conversationId?: string;
  parentId?: string;
  platform?: string;
  place?: string;
  attachments?: Attachment[];
  langHint?: string;
}

/** The mention that a message makes, or nothing when it holds no words. */
export function toMention(said: Said): FoundMention | undefined {
  const text = cleanText(join(said.title, said.text));
  if (text === '') return undefined;
  const author = authorOf(said.author);
  const inSpace = (id: string | undefined) => (id && said.idSpace ? `${said.idSpace}:${id}` : id);
  const nativeId = inSpace(said.id) ?? hashOf(author.id, said.saidAt, text);
  return compact<FoundMention>({
    nativeId: cleanText(nativeId),
    author,
    text,
    saidAt: said.saidAt,
    editedAt: said.editedAt,
    url: said.url,
    conversationId: optional(inSpace(said.conversationId)),
    parentId: optional(inSpace(said.parentId)),
    permission: {
      how: 'by-hand',
      why: said.url ? 'Imported from a file: open the page and post there' : 'Imported from a file without a link',
    },
    platform: optional(said.platform),
    place: optional(said.place),
    attachments: said.attachments?.length ? said.attachments : undefined,
    langHint: optional(said.langHint),
  });
}

function optional(text: string | undefined): string | undefined {
  return (text && cleanText(text)) || undefined;
}

function join(title: string | undefined, text: string): string {
  const first = title?.trim();
  return first && !text.trimStart().startsWith(first) ? `${first}\n${text}` : text;
}

function authorOf({ id, handle, name, url }: Partial<Author>): Author {
  const known = { id: optional(id), handle: optional(handle), name: optional(name) };
  return compact<Author>({ ...known, id: known.id ?? known.handle ?? known.name ?? 'unknown', url });
}

/** The id of a record that has none: the same author, time and words give the same id in every file. */
function hashOf(author: string, saidAt: Instant | undefined, text: string): string {
  const key = JSON.stringify([author, saidAt ?? null, text]);
  return `sha256:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}
