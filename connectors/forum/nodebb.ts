import { ConnectorError, holdsOneOf, type Identity, type Posted, type Recheck, type ReplyOrder } from '#kit';
import type { ForumClient, Question } from './client.ts';
import { Created, Found, Me, Post, Posts, Replies, ReplyRef, Summary, toMention, wroteIt } from './nodebb-posts.ts';
import { nodebbRefusal } from './refusals.ts';
import { readOne } from './schema.ts';
import {
  Fetched,
  type Item,
  permissionOf,
  type Reach,
  type Site,
  type SitePage,
  SLACK_MS,
  TOO_MANY_GONE,
} from './site.ts';

const ALL = 'recent';
/** Pages may be empty where everything on them is hidden from us. So many in a row are taken for the end. */
const EMPTY_PAGES = 3;

/** NodeBB 2 and later, by its read API and its write API (v3). The newest posts are listed by time, in numbered pages. */
export class Nodebb implements Site {
  readonly #client: ForumClient;
  readonly #fetched = new Fetched<Post | 'gone'>();
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
    const full = whole ? post : await this.#fetched.get(post.pid, () => this.#summary(post.pid, signal));
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
