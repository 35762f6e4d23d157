/** NodeBB: its listings and searches, its posts in our words, replies, and what its refusals mean. */
import {
  ConnectorError,
  type FoundMention,
  type HttpResponse,
  holdsOneOf,
  type Identity,
  type Posted,
  type Recheck,
  Remembered,
  type ReplyOrder,
  type ReplyPermission,
  z,
} from '#kit';
import { type ForumClient, type Question, sentence } from './client.ts';
import {
  Id,
  type Item,
  MOST_FETCHED,
  mentionOf,
  permissionOf,
  type Reach,
  readOne,
  type Site,
  type SitePage,
  SLACK_MS,
  TOO_MANY_GONE,
} from './listen.ts';

const ALL = 'recent';
/** Pages may be empty where everything on them is hidden from us. So many in a row are taken for the end. */
const EMPTY_PAGES = 3;

/** NodeBB 2 and later, by its read API and its write API (v3). The newest posts are listed by time, in numbered pages. */
export class Nodebb implements Site {
  readonly #client: ForumClient;
  readonly #fetched = new Remembered(MOST_FETCHED);
  #uid: string | undefined;

  constructor(client: ForumClient) {
    this.#client = client;
  }

  listings(): string[] {
    const { searches } = this.#client.options;
    return searches.length > 0 ? searches : [ALL];
  }

  async me(signal: AbortSignal): Promise<Identity> {
    if (!this.#client.hasKey) {
      await this.#client.ask(this.#get('The forum', '/api/recent/posts'), Posts, signal);
      return { id: 'without an account', note: 'without a token: read only' };
    }
    const { uid, username } = await this.#client.ask(this.#get('Our account', '/api/self'), Me, signal);
    this.#uid = uid;
    return { id: uid, handle: username };
  }

  async page(listing: string, at: string | undefined, reach: Reach, signal: AbortSignal): Promise<SitePage> {
    const [page = 1, empty = 0] = (at ?? '1').split(' ').map(Number);
    const searching = this.#client.options.searches.length > 0;
    const { posts, isLast } = searching
      ? await this.#hits(listing, page, signal)
      : { posts: await this.#recent(page, signal), isLast: false };
    const items: Item[] = [];
    for (const raw of posts) items.push(...(await this.#item(raw, reach, searching, signal)));
    const emptyNow = posts.length === 0 ? empty + 1 : 0;
    const end = isLast || emptyNow === EMPTY_PAGES;
    return { items, ...(!end && { next: `${page + 1} ${emptyNow}` }) };
  }

  #recent(page: number, signal: AbortSignal): Promise<unknown[]> {
    return this.#client.ask(this.#get('The newest posts', '/api/recent/posts', { page }), Posts, signal);
  }

  async #hits(term: string, page: number, signal: AbortSignal): Promise<{ posts: unknown[]; isLast: boolean }> {
    const query = { term, in: 'posts', sortBy: 'post.timestamp', sortDirection: 'desc', page };
    const answer = await this.#client.ask(this.#get(`The search "${term}"`, '/api/search', query), Found, signal);
    return { posts: answer.posts, isLast: page >= answer.pagination.pageCount };
  }

  /** The list of the newest has lost quotes, code and lines, so that what may be for us is fetched whole. */
  async #item(raw: unknown, { mark, since }: Reach, whole: boolean, signal: AbortSignal): Promise<Item[]> {
    const answer = readOne(Post, raw);
    if ('reason' in answer) return [{ reason: answer.reason }];
    const post = answer.read;
    const rank = post.timestamp;
    const item = { rank, at: rank };
    const known = rank < since || (mark !== undefined && rank <= mark);
    const mayBeOurs = holdsOneOf(this.#client.options.keywords)(`${post.topic.title} ${post.content}`);
    if (known || !wroteIt(post) || (!whole && !mayBeOurs)) return [item];
    const full = whole ? post : await this.#fetched.once(post.pid, () => this.#summary(post.pid, signal));
    const found = full === 'gone' ? undefined : toMention(full, this.#client, permissionOf(this.#client));
    return [{ ...item, ...(found && { found }) }];
  }

  async recheck(ids: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
    const answers: Recheck[] = [];
    for (const id of ids) {
      const nativeId = this.#client.nativeId(id);
      const post = await this.#summary(id, signal);
      const gone = post === 'gone' || !wroteIt(post);
      const found = gone ? undefined : toMention(post, this.#client, permissionOf(this.#client));
      if (gone) answers.push({ nativeId, now: 'gone' });
      else answers.push(found ? { nativeId, now: 'edited', found } : { nativeId, now: 'same' });
    }
    if (ids.length < TOO_MANY_GONE || answers.some(({ now }) => now !== 'gone')) return answers;
    const message = `The forum shows none of ${ids.length} posts that were heard there. Check what the token may read; nothing was erased.`;
    throw new ConnectorError('unauthorized', message);
  }

  async #summary(pid: string, signal: AbortSignal): Promise<Post | 'gone'> {
    const question = this.#get('The post', `/api/v3/posts/${encodeURIComponent(pid)}/summary`);
    const answer = await this.#client.ask({ ...question, missingIs: { 404: 'gone' } }, Summary, signal);
    return answer === 'gone' ? answer : answer.response;
  }

  async send(order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
    const { topic, post } = ReplyRef.parse(JSON.parse(order.replyRef ?? '{}'));
    const { account } = this.#client.options;
    const body = { content: order.text, toPid: post, ...(account && { _uid: Number(account) }) };
    const path = `/api/v3/topics/${encodeURIComponent(topic)}`;
    const { response } = await this.#client.ask({ ...this.#get('The reply', path), body }, Created, signal);
    if (!('queued' in response)) return this.#posted(response);
    throw new ConnectorError(
      'unknown-outcome',
      'The forum took the reply, but its moderators must let it through first. Look there before anything is sent again.',
    );
  }

  /** Looks through the answers to the same post. */
  async find(order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
    const { post } = ReplyRef.parse(JSON.parse(order.replyRef ?? '{}'));
    const uid = this.#uid ?? (await this.me(signal)).id;
    const question = this.#get('Answers to the post', `/api/v3/posts/${encodeURIComponent(post)}/replies`);
    const { replies } = (await this.#client.ask(question, Replies, signal)).response;
    const mine = replies.find((reply) => reply.uid === uid && reply.timestamp >= order.firstTriedAt - SLACK_MS);
    return mine ? this.#posted(mine) : null;
  }

  #posted({ pid, timestamp }: { pid: string; timestamp: number }): Posted {
    const url = this.#client.url(`/post/${encodeURIComponent(pid)}`);
    return { nativeId: this.#client.nativeId(pid), url, postedAt: timestamp };
  }

  #get(what: string, path: string, query: Question['query'] = {}): Question {
    const { hasKey, options } = this.#client;
    return {
      what,
      path,
      query: { ...query, ...(hasKey && options.account && { _uid: options.account }) },
      headers: hasKey ? { authorization: `Bearer ${this.#client.key()}` } : {},
      refusal: (...answer) => nodebbRefusal(what, this.#client.now(), ...answer),
    };
  }
}

/** True, or 1, in different places of the same answer. */
const Flag = z.union([z.boolean(), z.number(), z.null()]).optional().transform(Boolean);

/** As lists and searches give it. A post of another server has its address as its id. */
const Post = z.object({
  pid: Id,
  tid: Id,
  content: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  /** 0 is a guest. */
  uid: Id,
  timestamp: z.int(),
  deleted: Flag,
  isMainPost: Flag,
  user: z.object({ username: z.string(), userslug: z.string().nullish(), displayname: z.string().nullish() }),
  topic: z.object({ title: z.string(), titleRaw: z.string().nullish(), deleted: Flag }),
  category: z.object({ name: z.string() }).nullish(),
});
type Post = z.output<typeof Post>;

const Posts = z.array(z.unknown());
const Found = z.object({ posts: Posts, pagination: z.object({ pageCount: z.int() }) });
const Me = z.object({ uid: Id, username: z.string() });
const Summary = z.union([z.object({ response: Post }), z.literal('gone')]);

const Made = z.object({ pid: Id, timestamp: z.int() });

/** A post, or word that it waits for the moderators. */
const Created = z.object({ response: z.union([Made, z.object({ queued: z.literal(true) })]) });
const Replies = z.object({ response: z.object({ replies: z.array(Made.extend({ uid: Id })) }) });

/** What `send` needs to answer here. */
const ReplyRef = z.object({ topic: z.string(), post: z.string() });

/** Is it still there? */
function wroteIt({ deleted, topic }: Post): boolean {
  return !deleted && !topic.deleted;
}

function toMention(post: Post, client: ForumClient, permission: ReplyPermission): FoundMention | undefined {
  const { pid, tid, user, topic, category } = post;
  const said = {
    id: pid,
    author: {
      id: post.uid === '0' ? 'guest' : post.uid,
      handle: user.username,
      name: user.displayname ?? undefined,
      url: user.userslug ? client.url(`/user/${encodeURIComponent(user.userslug)}`) : undefined,
    },
    title: post.isMainPost ? topic.title : undefined,
    html: post.content,
    saidAt: post.timestamp,
    url: client.url(`/post/${encodeURIComponent(pid)}`),
    topic: tid,
    place: category ? `${client.host} · ${category.name}` : client.host,
    replyRef: { topic: tid, post: pid },
  };
  return mentionOf(said, client, permission);
}

const NodebbNo = z.object({ status: z.object({ code: z.string(), message: z.string().default('') }) });

/** In NodeBB's own words: as keys or in English, whichever it was in the mood for. */
function nodebbRefusal(what: string, now: number, response: HttpResponse, said: unknown): ConnectorError | undefined {
  const words = response.status >= 400 ? NodebbNo.safeParse(said).data?.status.message : undefined;
  if (!words) return undefined;
  const wait = /too-many-posts|user-too-new|post once every|required to wait/i.test(words)
    ? /(\d+)/.exec(words.replace(/newbie\D*/i, ''))?.[1]
    : undefined;
  if (wait !== undefined) {
    const message = `${what}: the forum lets this account write only every ${wait} s. Earshot waits and goes on by itself.`;
    return new ConnectorError('rate-limited', message, { until: now + Number(wait) * 1000 });
  }
  if (/_uid/.test(words)) {
    const message = `${what}: this is a master token. Set the option "account" to the number of the account that answers.`;
    return new ConnectorError('unauthorized', message);
  }
  if (response.status === 400 || response.status === 404) {
    return new ConnectorError('rejected', `${what}: ${sentence(words.replace(/^\[\[error:|\]\]$/g, ''))}`);
  }
  return undefined;
}
