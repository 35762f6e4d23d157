/** Hearing Facebook: posts and comments read page by page, what became of them, and what it tells by calling us. */
import { createHash, createHmac } from 'node:crypto';
import {
  type Call,
  type CallAnswer,
  CallRefused,
  ConnectorError,
  type FoundMention,
  type From,
  type Hear,
  type Page,
  parseJson,
  type Recheck,
  readBody,
  type SkippedItem,
  sameText,
  z,
} from '#kit';
import { unlessGone } from './access.ts';
import type { FacebookClient } from './client.ts';
import { commentsIn, endingOf, type Item, itemOf, oldestIn, toMention } from './messages.ts';
import type { Cursor } from './settings.ts';

const DAY_MS = 86_400_000;
/** Facebook repeats a call for about a day and a half until it hears yes. What is older was caught by somebody. */
const OLDEST_MS = 3 * DAY_MS;
const REMEMBERED_MS = OLDEST_MS + DAY_MS;

const Id = z.string().regex(/^[\d_]{1,200}$/);
/** Seconds; some of Facebook's own samples have milliseconds. */
const Time = z.number().transform((at) => (at > 1e11 ? at : at * 1000));

/** https://developers.facebook.com/docs/graph-api/webhooks/reference/page, as far as we use it. */
const Value = z.object({
  item: z.string(),
  verb: z.string(),
  post_id: Id.optional(),
  comment_id: Id.optional(),
  parent_id: Id.optional(),
  from: z.object({ id: Id, name: z.string().default('') }).optional(),
  message: z.string().default(''),
  created_time: Time.optional(),
});
type Value = z.output<typeof Value>;

const Envelope = z.object({
  object: z.string(),
  entry: z.array(
    z.object({
      id: Id,
      time: Time.default(0),
      // Each on its own later, so that a strange one does not take the others along.
      changes: z.array(z.object({ field: z.string(), value: z.unknown() })).default([]),
    }),
  ),
});

/** What a post may be called. Everything else (likes, reactions, albums) says nothing. */
const POSTS = new Set(['post', 'status', 'photo', 'video', 'link', 'share', 'note']);

/** What the calls of Facebook do: the handshake, and what happened on our Page. */
export async function answerFacebook(
  client: FacebookClient,
  call: Call,
  hear: Hear,
  signal: AbortSignal,
): Promise<CallAnswer> {
  if (call.path !== '')
    throw new CallRefused(404, 'unknown-address', 'Facebook calls the address of the source itself.');
  if (call.method === 'GET') return handshake(client, call.query);
  const raw = await readBody(call);
  const mark = provenBy(client, call.headers.get('x-hub-signature-256') ?? '', raw);
  const envelope = Envelope.safeParse(parseJson(raw.toString('utf8')));
  if (!envelope.success || envelope.data.object !== 'page') {
    throw new CallRefused(
      400,
      'not-understood',
      'This is signed, but no event of a Page. Subscribe to the object "Page" only.',
    );
  }
  if (await hear.taken(mark)) return YES;
  const told = new Told(client);
  const oldest = client.now() - OLDEST_MS;
  for (const { id, time, changes } of envelope.data.entry) {
    // One app may be subscribed to several Pages; each is a source of its own, and is read there.
    if (id !== client.options.page || time < oldest) continue;
    for (const { field, value } of changes) await told.change(field, value, time, signal);
  }
  if (told.isEmpty) return YES;
  await hear({ ...told.brought(), once: [{ id: mark, until: client.now() + REMEMBERED_MS }] });
  return YES;
}

const YES: CallAnswer = { status: 200, body: 'EVENT_RECEIVED' };

/** https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests */
function handshake(client: FacebookClient, query: URLSearchParams): CallAnswer {
  const expected = client.verifyToken();
  const challenge = query.get('hub.challenge') ?? '';
  const right = expected !== '' && sameText(query.get('hub.verify_token') ?? '', expected);
  if (query.get('hub.mode') === 'subscribe' && right && /^[\w-]{1,200}$/.test(challenge)) {
    return { status: 200, body: challenge };
  }
  const advice = 'The verify token is not the one in FACEBOOK_VERIFY_TOKEN. Put the same text into both places.';
  throw new CallRefused(403, 'bad-token', advice);
}

/** @returns what this call is remembered by. @throws CallRefused where it is not signed with the app's secret */
function provenBy(client: FacebookClient, given: string, raw: Uint8Array): string {
  const secret = client.appSecret();
  const ours = secret && `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
  if (!ours || !sameText(given, ours)) {
    const advice = 'The signature is not made with the secret of our app. Compare FACEBOOK_APP_SECRET with the app.';
    throw new CallRefused(401, 'bad-signature', advice);
  }
  return `body ${createHash('sha256').update(raw).digest('hex')}`;
}

/** What a call tells, put together: the last word about each message counts. */
class Told {
  readonly #client: FacebookClient;
  readonly #said = new Map<string, FoundMention | 'gone'>();
  readonly #skipped: { nativeId?: string; reason: string }[] = [];

  constructor(client: FacebookClient) {
    this.#client = client;
  }

  get isEmpty(): boolean {
    return this.#said.size + this.#skipped.length === 0;
  }

  async change(field: string, raw: unknown, time: number, signal: AbortSignal): Promise<void> {
    if (field !== 'feed' && field !== 'mention') return;
    const read = Value.safeParse(raw);
    if (!read.success) {
      this.#skipped.push({ reason: z.prettifyError(read.error) });
      return;
    }
    const value = read.data;
    const { hear } = this.#client.options;
    if (!hear.includes(field === 'feed' ? 'feed' : 'tagged')) return;
    const id = value.item === 'comment' ? value.comment_id : POSTS.has(value.item) ? value.post_id : undefined;
    if (id === undefined) return;
    if (value.verb === 'remove') {
      this.#said.set(id, 'gone');
      return;
    }
    if (!['add', 'edit', 'edited'].includes(value.verb)) return;
    // What names our Page elsewhere comes without its words.
    const item =
      field === 'mention' ? await this.#client.item(id, value.item === 'comment', signal) : itemTold(id, value, time);
    const mention = item && toMention(item, value.item === 'comment' ? value.post_id : undefined);
    if (mention) this.#said.set(id, mention);
  }

  brought() {
    const found: FoundMention[] = [];
    const gone: string[] = [];
    for (const [id, said] of this.#said) {
      if (said === 'gone') gone.push(id);
      else found.push(said);
    }
    return { found, gone, skipped: this.#skipped };
  }
}

/** As reading would have found it, so that both make one mention of it. */
function itemTold(id: string, value: Value, time: number): Item {
  const { message, from, created_time = time, parent_id, post_id, item } = value;
  const parent = item === 'comment' && parent_id && parent_id !== post_id ? { id: parent_id } : undefined;
  const attached = ['photo', 'video', 'link'].includes(item) ? { type: item } : undefined;
  return {
    id,
    message,
    created_time,
    permalink_url: `/${id}`,
    ...(from && { from }),
    ...(parent && { parent }),
    ...(attached && { attachment: attached }),
  };
}

/** How far behind the last round's beginning reading goes on: what Facebook shows late is not missed. */
const OVERLAP_MS = 10 * 60_000;
const AT_ONCE = 50;
/** From here on it is likelier that a right was lost than that everything was deleted at once. */
const TOO_MANY = 20;

/** One request: a list of posts with their newest comments, or more comments of one post. */
export async function nextPage(client: FacebookClient, from: From<Cursor>, signal: AbortSignal): Promise<Page<Cursor>> {
  const now = client.now();
  const {
    floor,
    since,
    round = { startedAt: now, edges: client.options.hear, after: '', behind: [] },
  } = 'cursor' in from ? from.cursor : { floor: from.since, since: from.since };
  const found: FoundMention[] = [];
  const skipped: SkippedItem[] = [];
  const hear = (raw: unknown, post?: string) => {
    const item = itemOf(raw);
    const mention = 'reason' in item ? undefined : toMention(item, post);
    if ('reason' in item) skipped.push({ reason: item.reason, ...(item.id && { nativeId: item.id }) });
    else if (mention && item.created_time >= floor) found.push(mention);
  };
  const rest = { ...round, behind: [...round.behind] };
  const [edge] = round.edges;
  if (edge) {
    const posts = await client.posts(edge, round.after, signal);
    for (const raw of posts.data) {
      hear(raw);
      const comments = commentsIn(raw);
      for (const comment of comments?.data ?? []) hear(comment, comments?.post);
      if (comments?.after && oldestIn(comments.data) >= since)
        rest.behind.push({ post: comments.post, after: comments.after });
    }
    const old = oldestIn(posts.data) < now - client.options.postDays * DAY_MS;
    rest.after = old ? '' : posts.after;
    if (!rest.after) rest.edges = round.edges.slice(1);
  } else {
    const next = rest.behind.shift();
    const comments = next && (await unlessGone(client.comments(next.post, next.after, signal)));
    for (const comment of comments?.data ?? []) hear(comment, next?.post);
    if (next && comments?.after && oldestIn(comments.data) >= since)
      rest.behind.unshift({ ...next, after: comments.after });
  }
  if (rest.edges.length + rest.behind.length > 0)
    return { found, skipped, cursor: { floor, since, round: rest }, more: true };
  const to = round.startedAt;
  const coverage = since < to ? [{ kind: 'seen' as const, from: since, to }] : [];
  const cursor = { floor, since: Math.max(since, to - OVERLAP_MS) };
  return { found, skipped, cursor, more: false, coverage, notices: await noticesOf(client, signal) };
}

async function noticesOf(client: FacebookClient, signal: AbortSignal): Promise<string[]> {
  const token = await client.token(signal);
  const ending = token && endingOf(token, client.now());
  const { otherVersion, options } = client;
  const ended = `Facebook answers with version ${otherVersion}, since ${options.version} has ended. Set "version" to a newer one.`;
  return [...(ending ? [ending] : []), ...(otherVersion ? [ended] : [])];
}

/**
 * Which of the messages we hold are gone. One that is fails the whole request, so that is halved. Edits are seen by reading:
 * posts and comments have no fields in common that would tell of them.
 */
export async function recheck(
  client: FacebookClient,
  nativeIds: readonly string[],
  signal: AbortSignal,
): Promise<Recheck[]> {
  const answers: Recheck[] = [];
  const ask = async (ids: readonly string[]): Promise<void> => {
    const there = await unlessGone(client.objects(ids, signal));
    for (const nativeId of ids) if (there?.[nativeId]) answers.push({ nativeId, now: 'same' });
    const rest = ids.filter((id) => !there?.[id]);
    if (ids.length === 1) for (const nativeId of rest) answers.push({ nativeId, now: 'gone' });
    else if (there) for (const id of rest) await ask([id]);
    else for (const half of [rest.slice(0, rest.length / 2), rest.slice(rest.length / 2)]) await ask(half);
  };
  for (let start = 0; start < nativeIds.length; start += AT_ONCE) await ask(nativeIds.slice(start, start + AT_ONCE));
  if (answers.length < TOO_MANY || answers.some(({ now }) => now !== 'gone')) return answers;
  const what = `Facebook claims to know none of ${answers.length} messages.`;
  throw new ConnectorError('bad-shape', `${what} That is hard to believe, so nothing was erased. It is asked again.`);
}
