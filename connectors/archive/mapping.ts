import { basename } from 'node:path';
import { type Author, safeUrl } from '#kit';
import { instant } from './dates.ts';
import type { Columns, Options } from './options.ts';
import type { Said } from './schema.ts';
import { compact, isObject, word } from './values.ts';

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
      author: authorOf(values),
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
function authorOf(values: Fields): Partial<Author> {
  const nested = values.first('author', (value) => (isObject(value) ? value : undefined));
  const of = (...names: string[]) => names.map((name) => word(nested?.[name])).find((found) => found !== undefined);
  const handle = nested ? of('screen_name', 'username', 'handle', 'login', 'user_name') : values.word('author');
  return compact<Partial<Author>>({
    id: of('id_str', 'id', 'user_id', '_id') ?? values.word('authorId'),
    handle: handle?.replace(/^@(?=.)/, ''),
    name: of('name', 'display_name', 'displayName', 'nickname') ?? values.word('authorName'),
  });
}
