import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Faults, noFaults } from './forum-faults.ts';
import { bodyOf, LocalPlatform, sendJson } from './local-server.ts';

export interface DiscoursePost {
  id: number;
  userId: number;
  username: string;
  topic: DiscourseTopic;
  number: number;
  cooked: string;
  raw: string;
  createdAt: number;
  updatedAt: number;
  version: number;
  answers: number | null;
  type: number;
  hidden: boolean;
  deleted: boolean;
}
export interface DiscourseTopic {
  id: number;
  title: string;
  closed: boolean;
}

export const DISCOURSE_KEY = 'discourse-key-for-tests-51c2';
export const DISCOURSE_US = { id: 900, username: 'acorn_help' };
/** Another account of ours, that only tests whether we hear. */
export const DISCOURSE_CANARY = { id: 901, username: 'acorn_canary', key: 'discourse-key-of-the-canary-77aa' };
const NAME_OF: Readonly<Record<string, string>> = {
  [DISCOURSE_KEY]: DISCOURSE_US.username,
  [DISCOURSE_CANARY.key]: DISCOURSE_CANARY.username,
};
const PAGE = 50;

/**
 * A Discourse on 127.0.0.1, after its published description and its public source: posts by descending number in pages of 50,
 * searches that show only the beginning of a post, single posts without their topic's title, errors in a list. It counts
 * what reaches it. Nobody's real forum.
 */
export class DiscoursePlatform extends LocalPlatform {
  readonly posts: DiscoursePost[] = [];
  /** Everything that arrived, as "GET /posts.json?before=7". */
  readonly requests: string[] = [];
  readonly faults: Faults = noFaults();
  /** What happens to the next reply, instead of being posted and answered. */
  onNextReply: ('break off' | 'moderated' | { status: number; body: object; headers?: Record<string, string> })[] = [];
  /** Called with each answer, for comparing it with the published description. */
  onAnswer: (route: string, status: number, body: unknown) => void = () => {};
  /** Only members may read. */
  membersOnly = false;
  readonly now: () => number;
  #next = 1;

  constructor(now: () => number = Date.now) {
    super();
    this.now = now;
  }

  topic(title: string): DiscourseTopic {
    return { id: 100 + this.#next, title, closed: false };
  }

  /** Somebody writes. Given a title it begins a topic. */
  say(
    username: string,
    where: string | DiscourseTopic,
    cooked: string,
    more: Partial<DiscoursePost> = {},
  ): DiscoursePost {
    const topic = typeof where === 'string' ? this.topic(where) : where;
    const number = 1 + this.posts.filter((post) => post.topic === topic).length;
    const at = this.now();
    const post: DiscoursePost = {
      id: this.#next++,
      userId: username === DISCOURSE_US.username ? DISCOURSE_US.id : 1 + username.length,
      username,
      topic,
      number,
      cooked,
      raw: cooked,
      createdAt: at,
      updatedAt: at,
      version: 1,
      answers: null,
      type: 1,
      hidden: false,
      deleted: false,
      ...more,
    };
    this.posts.push(post);
    return post;
  }

  edit(post: DiscoursePost, cooked: string): void {
    Object.assign(post, { cooked, version: post.version + 1, updatedAt: this.now() });
  }

  get replies(): DiscoursePost[] {
    return this.posts.filter(({ username }) => username === DISCOURSE_US.username);
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const body = await bodyOf(request);
    if (request.method === 'GET' && this.faults.strike(response)) return;
    const answer = (status: number, value: object, headers: Record<string, string> = {}) => {
      this.onAnswer(`${request.method} ${url.pathname}`, status, value);
      for (const [name, text] of Object.entries(headers)) response.setHeader(name, text);
      sendJson(response, status, value);
    };
    const { 'api-key': key, 'api-username': name } = request.headers;
    if (key !== undefined && (name === undefined || NAME_OF[String(key)] !== name)) {
      const errors = ['You are not permitted to view the requested resource. The API username or key is invalid.'];
      return answer(403, { errors, error_type: 'invalid_access' });
    }
    if (this.membersOnly && key === undefined) {
      return answer(403, { errors: ['You need to be logged in to do that.'], error_type: 'not_logged_in' });
    }
    if (request.method === 'POST' && url.pathname === '/posts.json') return this.#reply(response, key, body, answer);
    if (request.method !== 'GET') return answer(404, missing);
    this.#read(url, key !== undefined, answer);
  }

  #read(url: URL, member: boolean, answer: (status: number, value: object) => void) {
    const [, first = '', second = '', third] = url.pathname.replace(/\.json$/, '').split('/');
    switch (`${first}/${third ?? ''}`) {
      case 'site/':
        return second === 'basic-info' ? answer(200, siteInfo) : answer(404, missing);
      case 'session/':
        return member ? answer(200, { current_user: { ...DISCOURSE_US, admin: false } }) : answer(404, missing);
      case 'posts/':
        return second ? this.#onePost(Number(second), answer) : answer(200, { latest_posts: this.#latest(url) });
      case 'search/':
        return answer(200, this.#search(url));
      case 't/':
        return this.#topic(Number(second), answer);
      case 't/posts':
        return this.#topicPosts(Number(second), url, answer);
      default:
        return answer(404, missing);
    }
  }

  get #public(): DiscoursePost[] {
    return this.posts.filter(({ deleted, type }) => !deleted && type === 1).sort((a, b) => b.id - a.id);
  }

  #latest({ searchParams }: URL): object[] {
    const before = Number(searchParams.get('before') ?? 0);
    const posts = this.#public.filter(({ id, hidden }) => !hidden && (before <= 0 || id < before));
    return posts.slice(0, PAGE).map((post) => {
      const { title } = post.topic;
      const topic = { posts_count: 1, topic_title: title, topic_html_title: title, category_id: 4 };
      return {
        ...shown(post),
        ...topic,
        flair_group_id: null,
        badges_granted: [],
        raw: post.raw,
        excerpt: '',
        truncated: false,
        post_url: '',
        can_see_hidden_post: false,
        reviewable_score_pending_count: 0,
      };
    });
  }

  #onePost(id: number, answer: (status: number, value: object) => void) {
    const post = this.posts.find((one) => one.id === id);
    if (!post || post.deleted) return answer(404, missing);
    answer(200, { ...shown(post), posts_count: 1, raw: post.raw, can_see_hidden_post: false, post_url: '' });
  }

  #search({ searchParams }: URL): object {
    const words = (searchParams.get('q') ?? '').split(' ');
    const page = Number(searchParams.get('page') ?? 1);
    const after = words.find((word) => word.startsWith('after:'))?.slice(6) ?? '1970-01-01';
    const term = words.filter((word) => !/^(after|order):/.test(word)).join(' ');
    const hits = this.#public.filter(
      ({ cooked, topic, createdAt }) =>
        `${topic.title} ${cooked}`.toLowerCase().includes(term.toLowerCase()) && createdAt >= Date.parse(after),
    );
    const short = term.length < 3 && /^[ -~]*$/.test(term);
    const some = short ? [] : hits.slice((page - 1) * PAGE, page * PAGE);
    return {
      posts: some.map(({ id, username, createdAt, cooked, number, topic }) => ({
        id,
        username,
        created_at: iso(createdAt),
        blurb: cooked.slice(0, 20),
        post_number: number,
        topic_id: topic.id,
      })),
      topics: some.map(({ topic }) => ({ id: topic.id, title: topic.title, closed: topic.closed })),
      users: [],
      categories: [],
      tags: [],
      groups: [],
      grouped_search_result: {
        more_posts: null,
        more_users: null,
        more_categories: null,
        term,
        search_log_id: 1,
        more_full_page_results: hits.length > page * PAGE ? 'true' : null,
        can_create_topic: true,
        error: short ? 'Your search term is too short.' : null,
        post_ids: some.map(({ id }) => id),
        user_ids: [],
        category_ids: [],
        tag_ids: [],
        group_ids: [],
      },
    };
  }

  #topic(id: number, answer: (status: number, value: object) => void) {
    const posts = this.posts.filter(({ topic, deleted }) => topic.id === id && !deleted);
    const [first] = posts;
    if (!first) return answer(404, missing);
    const post_stream = { posts: posts.slice(0, 20).map(shown), stream: posts.map((post) => post.id) };
    answer(200, { id, title: first.topic.title, closed: first.topic.closed, post_stream });
  }

  #topicPosts(id: number, { searchParams }: URL, answer: (status: number, value: object) => void): void {
    const wanted = new Set(searchParams.getAll('post_ids[]').map(Number));
    const posts = this.posts.filter((post) => post.topic.id === id && wanted.has(post.id) && !post.deleted);
    answer(200, { post_stream: { posts: posts.map(shown) }, id });
  }

  #reply(
    response: ServerResponse,
    key: unknown,
    body: string,
    answer: (status: number, value: object, headers?: Record<string, string>) => void,
  ) {
    const { raw, topic_id, reply_to_post_number } = JSON.parse(body);
    const topic = this.posts.find((post) => post.topic.id === topic_id)?.topic;
    const behaviour = this.onNextReply.shift();
    if (key === undefined)
      return answer(403, { errors: ['You need to be logged in to do that.'], error_type: 'not_logged_in' });
    if (!topic) return answer(404, missing);
    if (topic.closed) {
      return answer(403, {
        errors: ['You are not permitted to view the requested resource.'],
        error_type: 'invalid_access',
      });
    }
    if (typeof behaviour === 'object') return answer(behaviour.status, behaviour.body, behaviour.headers);
    if (behaviour === 'moderated')
      return answer(200, { action: 'enqueued', success: true, pending_post: { id: 1, raw } });
    if (String(raw).length < 5)
      return answer(422, { action: 'create_post', errors: ['Body is too short (minimum is 5 characters)'] });
    const post = this.say(NAME_OF[String(key)] ?? '', topic, raw, { answers: reply_to_post_number ?? null });
    if (behaviour === 'break off') response.socket?.resetAndDestroy();
    else
      answer(200, { ...shown(post), posts_count: 1, draft_sequence: 0, raw, post_url: '', can_see_hidden_post: false });
  }
}

const missing = { errors: ['The requested URL or resource could not be found.'], error_type: 'not_found' };
const siteInfo = {
  logo_url: '',
  logo_small_url: '',
  apple_touch_icon_url: '',
  favicon_url: '',
  title: 'Acorn forum',
  description: '',
  header_primary_color: '333',
  header_background_color: 'fff',
  login_required: false,
  locale: 'en',
  include_in_discourse_discover: false,
  mobile_logo_url: '',
};

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** What every list has of a post. */
function shown(post: DiscoursePost) {
  return {
    id: post.id,
    name: post.username,
    username: post.username,
    user_id: post.userId,
    avatar_template: '',
    created_at: iso(post.createdAt),
    updated_at: iso(post.updatedAt),
    cooked: post.cooked,
    post_number: post.number,
    post_type: post.type,
    reply_count: 0,
    reply_to_post_number: post.answers === null ? null : post.answers,
    quote_count: 0,
    incoming_link_count: 0,
    reads: 1,
    readers_count: 0,
    score: 0,
    yours: false,
    topic_id: post.topic.id,
    topic_slug: `topic-${post.topic.id}`,
    display_username: post.username,
    primary_group_name: null,
    flair_name: null,
    flair_url: null,
    flair_bg_color: null,
    flair_color: null,
    version: post.version,
    can_edit: false,
    can_delete: false,
    can_recover: false,
    can_wiki: false,
    user_title: null,
    bookmarked: false,
    actions_summary: [],
    moderator: false,
    admin: false,
    staff: false,
    hidden: post.hidden,
    trust_level: 1,
    deleted_at: null,
    user_deleted: false,
    edit_reason: null,
    can_view_edit_history: true,
    wiki: false,
    reviewable_id: null,
    reviewable_score_count: 0,
    reviewable_score_pending_count: 0,
  };
}
