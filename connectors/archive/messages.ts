/** A record of any format in our words: its fields by many names, and a page of mentions. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import {
  type Attachment,
  type Author,
  cleanText,
  type FoundMention,
  type Instant,
  type Page,
  type SkippedItem,
  safeUrl,
} from '#kit';
import type { Format, Input, Item } from './formats/format.ts';
import type { Columns, Cursor, Options } from './settings.ts';
import { compact, instant, isObject, word } from './text.ts';

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
function toMention(said: Said): FoundMention | undefined {
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

type Field = keyof typeof Columns.shape;

/** Names that fields go by, best first. Case, spaces, `_`, `-` and `.` do not matter. */
const NAMES: Record<Field, string> = {
  id: 'idstr id nativeid _id tweetid statusid messageid commentid postid reviewid feedbackid ticketid uuid guid 编号 評論id 评论id',
  title: 'title subject headline summary 标题 標題 主题 主題',
  text: 'fulltext text body message content comment review reviewtext post tweet description feedback question utterance 内容 內容 正文 文本 评论 評論 反馈 回饋 留言',
  author: 'screenname username handle author user from sender login 作者 用户 用戶 用户名 用戶名 发布者 發布者',
  authorId: 'authorid userid fromid senderid uid useridstr 用户id 用戶id',
  authorName: 'displayname authorname nickname fullname name 昵称 暱稱 姓名',
  time: 'createdat createdutc timestamp date time datetime createdtime publishedat postedat sentat published created submittedat 时间 時間 日期 发布时间 發布時間 创建时间',
  url: 'url link permalink href webpage 链接 連結 网址 網址',
  parent:
    'parentid inreplyto inreplytoid inreplytostatusidstr inreplytostatusid inreplytotweetid inresponsetotweetid replytoid',
  conversation: 'conversationid threadid topicid threadts linkid conversation thread',
  lang: 'lang language locale 语言 語言',
  place: 'subreddit channel channelname forum room board product app place 频道 頻道 版块 看板',
  platform: 'platform network site 平台',
};
const FIELDS = Object.keys(NAMES) as Field[];
const CANDIDATES = new Map(FIELDS.map((field) => [field, NAMES[field].split(' ')]));

const fold = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/(?!^)[\s_.-]+/g, '');

/** Which of these names hold what, best first. */
export function fieldsOf(names: readonly string[]): Map<Field, string[]> {
  const byFold = new Map([...names].reverse().map((name) => [fold(name), name]));
  const found = FIELDS.map((field): [Field, string[]] => [
    field,
    (CANDIDATES.get(field) ?? []).flatMap((name) => byFold.get(name) ?? []),
  ]);
  return new Map(found.filter(([, list]) => list.length > 0));
}

/** Reads records whose fields may be called anything: by the person's own mapping first, then by common names. */
export class Mapping {
  readonly #options: Options;
  readonly #idSpace: string;
  /** Records of one file have few different sets of fields; each is looked at once. */
  readonly #seen = new Map<string, Map<Field, string[]>>();

  constructor(options: Options, path: string) {
    this.#options = options;
    this.#idSpace = basename(path).replace(/\.(gz|zst)$/, '');
  }

  /** @returns nothing when the record has no text */
  read(record: Record<string, unknown>): Said | undefined {
    const values = new Fields(record, this.#fieldsFor(record), this.#options.columns);
    const text = values.word('text');
    const title = values.word('title');
    if (text === undefined && title === undefined) return undefined;
    const platform = values.word('platform') ?? this.#options.platform;
    return compact<Said>({
      id: values.word('id'),
      idSpace: platform ?? this.#idSpace,
      author: authorIn(values),
      title,
      text: text ?? '',
      saidAt: values.first('time', instant),
      url: values.first('url', (value) => safeUrl(word(value))),
      conversationId: values.word('conversation'),
      parentId: values.word('parent'),
      platform,
      place: values.word('place') ?? this.#options.place,
      langHint: values.word('lang'),
    });
  }

  #fieldsFor(record: Record<string, unknown>): Map<Field, string[]> {
    const names = Object.keys(record);
    const key = names.join('\0');
    let fields = this.#seen.get(key);
    if (!fields) {
      if (this.#seen.size >= 200) this.#seen.clear();
      fields = fieldsOf(names);
      this.#seen.set(key, fields);
    }
    return fields;
  }
}

/** The values of one record by what they mean. */
class Fields {
  readonly #record: Record<string, unknown>;
  readonly #found: Map<Field, string[]>;
  readonly #named: Options['columns'];

  constructor(record: Record<string, unknown>, found: Map<Field, string[]>, named: Options['columns']) {
    this.#record = record;
    this.#found = found;
    this.#named = named;
  }

  /** What `read` makes of the first value that it can read. What a person named is the only place looked at. */
  first<T>(field: Field, read: (value: unknown) => T | undefined): T | undefined {
    const named = this.#named[field];
    if (named !== undefined) return read(at(this.#record, named));
    for (const name of this.#found.get(field) ?? []) {
      const value = read(this.#record[name]);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  word(field: Field): string | undefined {
    return this.first(field, word);
  }
}

/** A member by its name, else by a dotted path. */
function at(record: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  let value: unknown = record;
  for (const name of path.split('.')) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** Authors come as a handle, or as an object of their own. */
function authorIn(values: Fields): Partial<Author> {
  const nested = values.first('author', (value) => (isObject(value) ? value : undefined));
  const of = (...names: string[]) => names.map((name) => word(nested?.[name])).find((found) => found !== undefined);
  const handle = nested ? of('screen_name', 'username', 'handle', 'login', 'user_name') : values.word('author');
  return compact<Partial<Author>>({
    id: of('id_str', 'id', 'user_id', '_id') ?? values.word('authorId'),
    handle: handle?.replace(/^@(?=.)/, ''),
    name: of('name', 'display_name', 'displayName', 'nickname') ?? values.word('authorName'),
  });
}

/** A page ends early at this much text, so that a few huge records do not fill the memory … */
const PAGE_BYTES = 16 * 1024 * 1024;
/** … and after this many records for each mention asked for, so that a search for rare words shows its progress. */
const RECORDS_PER_MENTION = 20;

/** A file that was looked at, and how it is read. */
export interface Opened extends Input {
  format: Format;
  /** Another value means that an offset into it means nothing any more. */
  identity: string;
  notice: string | undefined;
}

/** What one pull has gathered so far. */
export class PageInProgress {
  cursor: Cursor;
  readonly #found: FoundMention[] = [];
  readonly #skipped: SkippedItem[] = [];
  readonly #notices: string[] = [];
  readonly #opened: Opened;
  readonly #wanted: (mention: FoundMention) => boolean;
  readonly #start: number;
  #records = 0;

  constructor(opened: Opened, options: Options, before: Cursor | undefined) {
    const { file, identity, format, notice } = opened;
    this.#opened = opened;
    this.#wanted = filterOf(options);
    const same = before?.file === identity;
    if (before && !same)
      this.#notices.push(`"${file.path}" has changed since the last time and is read from its start.`);
    if (!same && notice) this.#notices.push(notice);
    const zero = { found: 0, skipped: 0, left: 0, unreadable: 0, done: false };
    this.cursor = same ? before : { file: identity, ...format.start(opened), ...zero };
    this.#start = this.cursor.offset;
  }

  get full(): boolean {
    const { pageSize } = this.#opened.options;
    return (
      this.#found.length + this.#skipped.length >= pageSize ||
      this.#records >= pageSize * RECORDS_PER_MENTION ||
      this.cursor.offset - this.#start >= PAGE_BYTES
    );
  }

  take(item: Item): void {
    const { next, unreadable = 0 } = item;
    const { found, skipped, left } = this.cursor;
    const counted = { ...this.cursor, ...next, unreadable: this.cursor.unreadable + unreadable };
    this.#records += 1;
    if (unreadable > 0 && this.cursor.unreadable === 0) this.#notices.push(this.#unreadableNotice(next.line));
    const mention = 'said' in item ? toMention(item.said) : undefined;
    if ('skip' in item) {
      this.#skipped.push(item.nativeId ? { nativeId: item.nativeId, reason: item.skip } : { reason: item.skip });
      this.cursor = { ...counted, skipped: skipped + 1 };
    } else if (mention && this.#wanted(mention)) {
      this.#found.push(mention);
      this.cursor = { ...counted, found: found + 1 };
    } else this.cursor = { ...counted, left: left + 1 };
  }

  end(): void {
    const { file } = this.#opened;
    this.cursor = { ...this.cursor, done: true };
    if (file.damage) {
      this.#notices.push(
        `"${file.path}" breaks off: its packed data is cut short or damaged (${file.damage}). What came before is imported; get the file again for the rest.`,
      );
    }
    const { found, skipped, left, unreadable } = this.cursor;
    const faults = unreadable > 0 ? `, ${unreadable} unreadable characters` : '';
    this.#notices.push(
      `"${file.path}" is read to its end: ${found} mentions, ${left} records left out, ${skipped} skipped${faults}.`,
    );
  }

  finished(progress: NonNullable<Page['progress']>): Page<Cursor> {
    const page: Page<Cursor> = { found: this.#found, cursor: this.cursor, more: !this.cursor.done, progress };
    if (this.#skipped.length > 0) page.skipped = this.#skipped;
    if (this.#notices.length > 0) page.notices = this.#notices;
    return page;
  }

  #unreadableNotice(line: number): string {
    const { path, encoding } = this.#opened.file;
    return `"${path}" has bytes that are no ${encoding} (first near line ${line}); they show as \uFFFD. If more looks wrong, set the option encoding, for example to gb18030 or big5.`;
  }
}

function filterOf({ since, keywords }: Options): (mention: FoundMention) => boolean {
  const earliest = instant(since);
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const words = keywords.map(fold);
  return ({ saidAt, text }) => {
    if (earliest !== undefined && saidAt !== undefined && saidAt < earliest) return false;
    if (words.length === 0) return true;
    const folded = fold(text);
    return words.some((word) => folded.includes(word));
  };
}
