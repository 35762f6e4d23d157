/** Discourse: its listings and searches, its posts in our words, replies, and what its refusals mean. */
import {
  ConnectorError,
  type FoundMention,
  type HttpResponse,
  type Identity,
  type Posted,
  parseDate,
  type Recheck,
  Remembered,
  type ReplyOrder,
  type ReplyPermission,
  z,
} from '#kit';
import { type ForumClient, type Question, sentence } from './client.ts';
import {
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

const ALL = 'latest';
const AT_ONCE = 20;
const DAY_MS = 86_400_000;

/** Discourse, by its API. Posts are numbered over the whole site, and the newest are listed by number. */
export class Discourse implements Site {
  readonly #client: ForumClient;
  readonly #fetched = new Remembered(MOST_FETCHED);
  #me: { id: string; name: string } | undefined;

  /** @throws ConnectorError `unauthorized` for a key without the name it belongs to */
  constructor(client: ForumClient) {
    this.#client = client;
    if (!client.hasKey || client.options.account) return;
    const message = 'Discourse takes a key only with a user name. Set the option "account" to the name that answers.';
    throw new ConnectorError('unauthorized', message);
  }

  listings(): string[] {
    const { searches } = this.#client.options;
    return searches.length > 0 ? searches : [ALL];
  }

  async me(signal: AbortSignal): Promise<Identity> {
    if (!this.#client.hasKey) {
      const { title } = await this.#client.ask(this.#get('The forum', '/site/basic-info.json'), SiteInfo, signal);
      return { id: 'without an account', note: `${title}, without a key: read only` };
    }
    const { current_user } = await this.#client.ask(this.#get('Our account', '/session/current.json'), Session, signal);
    this.#me = { id: String(current_user.id), name: current_user.username };
    return { id: this.#me.id, handle: this.#me.name };
  }

  page(listing: string, at: string | undefined, reach: Reach, signal: AbortSignal): Promise<SitePage> {
    return this.#client.options.searches.length > 0
      ? this.#hits(listing, Number(at ?? 1), reach, signal)
      : this.#latest(at, signal);
  }

  async #latest(before: string | undefined, signal: AbortSignal): Promise<SitePage> {
    const question = this.#get('The newest posts', '/posts.json', { before });
    const { latest_posts } = await this.#client.ask(question, LatestPosts, signal);
    const items = latest_posts.flatMap((raw) => this.#item(raw, undefined));
    const lowest = Math.min(...items.flatMap(({ rank }) => rank ?? []));
    if (latest_posts.length === 0 || lowest <= 1) return { items };
    if (Number.isFinite(lowest) && lowest < Number(before ?? Number.POSITIVE_INFINITY)) {
      return { items, next: String(lowest) };
    }
    throw new ConnectorError('bad-shape', 'The newest posts: the forum gave the same page again. Nothing was skipped.');
  }

  /** A search shows only the beginning of a post, so each new one is fetched. */
  async #hits(search: string, page: number, { mark, since }: Reach, signal: AbortSignal): Promise<SitePage> {
    const after = new Date(Math.max(since - DAY_MS, 0)).toISOString().slice(0, 10);
    const query = { q: `${search} order:latest after:${after}`, page };
    const answer = await this.#client.ask(this.#get(`The search "${search}"`, '/search.json', query), Hits, signal);
    const { error, more_full_page_results } = answer.grouped_search_result;
    if (error) throw new ConnectorError('rejected', `The forum refuses the search "${search}": ${error}`);
    const titles = new Map(answer.topics.map(({ id, title }) => [id, title]));
    const items: Item[] = [];
    for (const { id, topic_id } of answer.posts) {
      if (mark !== undefined && id <= mark) items.push({ rank: id });
      else items.push(...(await this.#whole(id, titles.get(topic_id), signal)));
    }
    return { items, ...(Boolean(more_full_page_results) && answer.posts.length > 0 && { next: String(page + 1) }) };
  }

  async #whole(id: number, title: string | undefined, signal: AbortSignal): Promise<Item[]> {
    const raw = await this.#fetched.once(String(id), () => this.#post(String(id), signal));
    return typeof raw === 'string' ? [{ rank: id }] : this.#item(raw, title);
  }

  #item(raw: unknown, title: string | undefined): Item[] {
    const read = postOf(raw);
    if ('reason' in read) {
      const { id, reason } = read;
      return id === undefined ? [] : [{ rank: id, reason, nativeId: this.#client.nativeId(String(id)) }];
    }
    const found = isShown(read) ? this.#mention(read, title) : undefined;
    const at = parseDate(read.created_at);
    return [{ rank: read.id, ...(at !== undefined && { at }), ...(found && { found }) }];
  }

  #mention(post: RawPost, title: string | undefined) {
    return toMention({ ...post, topic_title: post.topic_title ?? title }, this.#client, permissionOf(this.#client));
  }

  async recheck(ids: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
    const posts = new Map<string, unknown>();
    for (const id of ids) posts.set(id, await this.#post(id, signal));
    const readable = [...posts.values()].some((post) => typeof post === 'object');
    if (!readable && ([...posts.values()].includes('closed') || ids.length >= TOO_MANY_GONE)) {
      const message = `The forum shows none of ${ids.length} posts that were heard there. Check what the key may read; nothing was erased.`;
      throw new ConnectorError('unauthorized', message);
    }
    const answers: Recheck[] = [];
    for (const [id, raw] of posts) answers.push(await this.#became(id, raw, signal));
    return answers;
  }

  async #became(id: string, raw: unknown, signal: AbortSignal): Promise<Recheck> {
    const nativeId = this.#client.nativeId(id);
    if (typeof raw === 'string') return { nativeId, now: 'gone' };
    const post = postOf(raw);
    // A shape we do not know says nothing about a deletion.
    if ('reason' in post) return { nativeId, now: 'same' };
    if (!isShown(post)) return { nativeId, now: 'gone' };
    const found = this.#mention(post, await this.#titleOf(post, signal));
    return found ? { nativeId, now: 'edited', found } : { nativeId, now: 'same' };
  }

  /** A single post comes without the title of its topic, which is part of what its first post says. */
  async #titleOf({ post_number, topic_id }: RawPost, signal: AbortSignal): Promise<string | undefined> {
    if (post_number !== 1) return undefined;
    return (await this.#client.ask(this.#get('The topic', `/t/${topic_id}.json`), OneTopic, signal)).title;
  }

  /** `gone`: not there any more. `closed`: not shown to us. */
  async #post(id: string, signal: AbortSignal): Promise<unknown> {
    const question = this.#get('The post', `/posts/${encodeURIComponent(id)}.json`);
    return this.#client.ask({ ...question, missingIs: { 404: 'gone', 410: 'gone', 403: 'closed' } }, OnePost, signal);
  }

  async send(order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
    const { topic, number } = ReplyRef.parse(JSON.parse(order.replyRef ?? '{}'));
    const body = { raw: order.text, topic_id: topic, reply_to_post_number: number };
    const made = await this.#client.ask({ ...this.#get('The reply', '/posts.json'), body }, Created, signal);
    if (!('action' in made)) return this.#posted(made);
    throw new ConnectorError(
      'unknown-outcome',
      'The forum took the reply, but its moderators must let it through first. Look there before anything is sent again.',
    );
  }

  /** Reads the topic from its end, back to the first try. */
  async find(order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
    const { topic, number } = ReplyRef.parse(JSON.parse(order.replyRef ?? '{}'));
    const ours = this.#me?.name ?? (await this.me(signal)).handle;
    const notBefore = order.firstTriedAt - SLACK_MS;
    const { post_stream } = await this.#client.ask(this.#get('The topic', `/t/${topic}.json`), OneTopic, signal);
    for (let end = post_stream.stream.length; end > 0; end -= AT_ONCE) {
      const ids = post_stream.stream.slice(Math.max(0, end - AT_ONCE), end);
      const query = new URLSearchParams(ids.map((id) => ['post_ids[]', String(id)]));
      const question = this.#get('Our reply', `/t/${topic}/posts.json?${query}`);
      const { posts } = (await this.#client.ask(question, TopicPosts, signal)).post_stream;
      const mine = posts.find(
        (post) =>
          post.username.toLowerCase() === ours?.toLowerCase() &&
          Date.parse(post.created_at) >= notBefore &&
          (post.reply_to_post_number ?? 1) === number,
      );
      if (mine) return this.#posted(mine);
      if (posts.some(({ created_at }) => Date.parse(created_at) < notBefore)) return null;
    }
    return null;
  }

  #posted({ id, topic_id, post_number, created_at }: Made): Posted {
    const url = this.#client.url(`/t/${topic_id}/${post_number}`);
    const at = Date.parse(created_at);
    return { nativeId: this.#client.nativeId(String(id)), url, postedAt: Number.isNaN(at) ? this.#client.now() : at };
  }

  #get(what: string, path: string, query: Question['query'] = {}): Question {
    const { hasKey, options } = this.#client;
    const headers = hasKey ? { 'api-key': this.#client.key(), 'api-username': options.account } : {};
    return {
      what,
      path,
      query,
      headers,
      refusal: (...answer) => discourseRefusal(what, this.#client.now(), ...answer),
    };
  }
}

/** The kinds of posts that people write; the others are whispers of the staff and notes that a topic was moved. */
const BY_PEOPLE = 1;

const RawPost = z.object({
  id: z.int(),
  username: z.string(),
  name: z.string().nullish(),
  /** Below zero: the forum itself. */
  user_id: z.int(),
  created_at: z.string(),
  updated_at: z.string().nullish(),
  version: z.int().default(1),
  cooked: z.string(),
  /** Counts within the topic; `id` counts over the site. */
  post_number: z.int(),
  post_type: z.int().default(BY_PEOPLE),
  topic_id: z.int(),
  topic_slug: z.string().nullish(),
  topic_title: z.string().nullish(),
  hidden: z.boolean().nullish(),
  deleted_at: z.string().nullish(),
  user_deleted: z.boolean().nullish(),
});
type RawPost = z.output<typeof RawPost>;

const OnePost = z.union([z.object({ id: z.int() }).loose(), z.enum(['gone', 'closed'])]);
const LatestPosts = z.object({ latest_posts: z.array(z.unknown()) });
const Session = z.object({ current_user: z.object({ id: z.int(), username: z.string().min(1) }) });
const SiteInfo = z.object({ title: z.string() });

const Hits = z.object({
  posts: z.array(z.object({ id: z.int(), topic_id: z.int() })).default([]),
  topics: z.array(z.object({ id: z.int(), title: z.string() })).default([]),
  grouped_search_result: z.object({ error: z.string().nullish(), more_full_page_results: z.unknown() }),
});

const OneTopic = z.object({
  title: z.string(),
  /** Numbers of all posts, oldest first; the posts themselves are there only for the first 20. */
  post_stream: z.object({ stream: z.array(z.int()) }),
});

const Made = z.object({ id: z.int(), topic_id: z.int(), post_number: z.int(), created_at: z.string() });
type Made = z.output<typeof Made>;

/** A post, or word that it waits for the moderators. */
const Created = z.union([Made, z.object({ action: z.literal('enqueued') })]);

const TopicPosts = z.object({
  post_stream: z.object({
    posts: z.array(Made.extend({ username: z.string(), reply_to_post_number: z.coerce.number().nullish() })),
  }),
});

/** What `send` needs to answer here. */
const ReplyRef = z.object({ topic: z.int(), number: z.int() });

function postOf(raw: unknown): RawPost | { id: number | undefined; reason: string } {
  const answer = readOne(RawPost, raw);
  if ('read' in answer) return answer.read;
  return { id: z.object({ id: z.int() }).safeParse(raw).data?.id, reason: answer.reason };
}

/** Does everybody see it, and did a person write it? */
function isShown({ user_id, post_type, hidden, deleted_at, user_deleted }: RawPost): boolean {
  return user_id > 0 && post_type === BY_PEOPLE && !hidden && !deleted_at && !user_deleted;
}

function toMention(post: RawPost, client: ForumClient, permission: ReplyPermission): FoundMention | undefined {
  const { id, topic_id: topic, post_number: number, username, version } = post;
  const said = {
    id: String(id),
    author: {
      id: String(post.user_id),
      handle: username,
      name: post.name ?? undefined,
      url: client.url(`/u/${encodeURIComponent(username)}`),
    },
    title: number === 1 ? (post.topic_title ?? undefined) : undefined,
    html: post.cooked,
    saidAt: parseDate(post.created_at),
    editedAt: version > 1 && post.updated_at ? parseDate(post.updated_at) : undefined,
    url: client.url(`/t/${encodeURIComponent(post.topic_slug || '-')}/${topic}/${number}`),
    topic: String(topic),
    place: client.host,
    replyRef: { topic, number },
  };
  return mentionOf(said, client, permission);
}

/** What Discourse says with a status that is not a success. */
const DiscourseNo = z.object({
  errors: z.array(z.string()).default([]),
  error_type: z.string().optional(),
  extras: z.object({ wait_seconds: z.number().optional() }).nullish(),
});

/** In Discourse's own words, where it has some; else undefined, and the status speaks. */
function discourseRefusal(
  what: string,
  now: number,
  response: HttpResponse,
  said: unknown,
): ConnectorError | undefined {
  const { status } = response;
  const no = status >= 400 ? DiscourseNo.safeParse(said).data : undefined;
  if (!no) return undefined;
  const words = sentence(no.errors.join(' '));
  const wait = no.extras?.wait_seconds;
  if (status === 429 && wait !== undefined && !response.headers.has('retry-after')) {
    return new ConnectorError('rate-limited', `${what}: the forum asks us to wait ${Math.ceil(wait)} s.`, {
      until: now + Math.ceil(wait * 1000),
    });
  }
  if (status === 403 && /api (?:username|key)|key is invalid/i.test(words)) {
    return new ConnectorError('unauthorized', `${what}: ${words} Check the key and the account it belongs to.`);
  }
  if (status === 403 && no.error_type === 'not_logged_in') {
    const advice = 'Only members may read this forum. Set DISCOURSE_API_KEY and the option "account".';
    return new ConnectorError('unauthorized', `${what}: ${advice}`);
  }
  if (status === 403 && no.error_type === 'invalid_access') {
    const advice = 'The topic may be closed, or the account may not write there. Open it and look.';
    return new ConnectorError('rejected', `${what}: ${words} ${advice}`);
  }
  if (status === 422 || (status === 400 && words)) return new ConnectorError('rejected', `${what}: ${words}`);
  return undefined;
}
