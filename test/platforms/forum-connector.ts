import {
  ConnectorError,
  defineConnector,
  type Env,
  type FoundMention,
  failureOf,
  looksLikeHtml,
  type Posted,
  type ReplyOrder,
  type SkippedItem,
  z,
} from '#kit';

const Options = z.object({
  url: z.url().describe('Where the forum is.'),
  pageSize: z.int().min(1).max(100).default(20).describe('Posts a page.'),
});
const Post = z.object({
  id: z.int(),
  topicId: z.int(),
  parentId: z.int().optional(),
  author: z.object({ id: z.string(), name: z.string() }),
  body: z.string(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().optional(),
});
const PostsPage = z.object({ posts: z.array(z.unknown()), more: z.boolean() });
const Made = z.object({ id: z.int(), url: z.url(), createdAt: z.iso.datetime() });
const Replies = z.object({ replies: z.array(Post) });

/** The forum's clock and ours may differ by this much. */
const CLOCKS_MS = 60_000;

class ForumClient {
  readonly #env: Env<z.output<typeof Options>, 'apiKey'>;

  constructor(env: Env<z.output<typeof Options>, 'apiKey'>) {
    this.#env = env;
  }

  get options() {
    return this.#env.options;
  }

  async get<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    return this.#ask(schema, { url: `${this.options.url}${path}`, signal }, {});
  }

  async post<T>(
    path: string,
    body: unknown,
    headers: Record<string, string>,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const request = { url: `${this.options.url}${path}`, method: 'POST' as const, body: JSON.stringify(body), signal };
    return this.#ask(schema, request, headers);
  }

  async #ask<T>(
    schema: z.ZodType<T>,
    request: { url: string; method?: 'POST'; body?: string; signal: AbortSignal },
    headers: Record<string, string>,
  ): Promise<T> {
    const { http, secrets, now } = this.#env;
    const authorization = `Bearer ${secrets.apiKey.reveal()}`;
    const response = await http.request({ ...request, headers: { ...headers, authorization } });
    const failure = failureOf(response, { what: 'The forum', now: now(), sending: request.method === 'POST' });
    if (failure) throw failure;
    const raw = new TextDecoder().decode(response.bytes);
    if (looksLikeHtml(response))
      throw new ConnectorError('bad-shape', 'The forum shows a web page, not data.', { raw });
    try {
      return schema.parse(JSON.parse(raw));
    } catch (cause) {
      throw new ConnectorError('bad-shape', 'The forum answered in a shape we do not know.', { raw, cause });
    }
  }
}

function found(item: unknown): FoundMention {
  const post = Post.parse(item);
  return {
    nativeId: String(post.id),
    author: { id: post.author.id, handle: post.author.name },
    text: post.body,
    saidAt: Date.parse(post.createdAt),
    conversationId: String(post.topicId),
    replyRef: JSON.stringify({ topic: post.topicId, post: post.id }),
    permission: { how: 'api' },
    place: 'Test forum',
    ...(post.parentId !== undefined && { parentId: String(post.parentId) }),
    ...(post.editedAt && { editedAt: Date.parse(post.editedAt) }),
  };
}

async function send(client: ForumClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const { topic, post } = JSON.parse(order.replyRef ?? '{}');
  const body = { to: post, text: order.text };
  const made = await client.post(`/topics/${topic}/replies`, body, { 'idempotency-key': order.key }, Made, signal);
  return { nativeId: String(made.id), url: made.url, postedAt: Date.parse(made.createdAt) };
}

async function find(client: ForumClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const { replies } = await client.get(`/replies?to=${order.nativeId}`, Replies, signal);
  const ours = replies.find(
    ({ body, createdAt }) => body === order.text && Date.parse(createdAt) >= order.firstTriedAt - CLOCKS_MS,
  );
  return ours ? { nativeId: String(ours.id), postedAt: Date.parse(ours.createdAt) } : null;
}

/** The test forum's connector, with the kind of double-send protection that a test wants to look at. */
export function forumConnector(once: 'platform-key' | 'look-up' | 'cannot', keyValidMs = 300_000) {
  return defineConnector({
    about: {
      id: 'test-forum',
      name: 'Test forum',
      summary: 'A forum that runs inside the tests.',
      docs: 'https://forum.example/docs',
      rules: 'https://forum.example/rules',
      status: 'stable',
    },
    options: Options,
    secrets: { apiKey: { env: 'TEST_FORUM_KEY', describe: 'The forum key.' } },
    cursor: z.object({ after: z.int() }),
    limits: {
      maxReplyChars: 5_000,
      pullEverySeconds: 1,
      requests: { count: 1_000, perSeconds: 1 },
      verified: { at: 'https://forum.example/limits', on: '2026-11-23' },
    },
    open: (env) => new ForumClient(env),
    async check(client, signal) {
      const me = await client.get('/me', z.object({ id: z.string(), name: z.string() }), signal);
      return { id: me.id, handle: me.name };
    },
    async pull(client, from, signal) {
      const after = 'cursor' in from ? from.cursor.after : 0;
      const since = 'since' in from ? from.since : 0;
      const query = `after=${after}&since=${since}&limit=${client.options.pageSize}`;
      const { posts, more } = await client.get(`/posts?${query}`, PostsPage, signal);
      const items: FoundMention[] = [];
      const skipped: SkippedItem[] = [];
      let last = after;
      for (const post of posts) {
        last = Math.max(last, Number((post as { id?: unknown } | null)?.id) || 0);
        try {
          items.push(found(post));
        } catch (error) {
          skipped.push({ reason: error instanceof Error ? error.message : String(error) });
        }
      }
      const times = items.flatMap(({ saidAt }) => saidAt ?? []);
      const coverage =
        times.length > 0 ? [{ kind: 'seen' as const, from: Math.min(...times), to: Math.max(...times) + 1 }] : [];
      return { found: items, cursor: { after: last }, more, skipped, coverage };
    },
    reply:
      once === 'platform-key' ? { once, keyValidMs, send } : once === 'look-up' ? { once, send, find } : { once, send },
  });
}
